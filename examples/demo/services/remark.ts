/** Lets a service say a word in the story. */
export type Remark = (service: string, text: string) => void;
