/** Adds a line of a service to the printed story. */
export type Remark = (service: string, text: string) => void;
