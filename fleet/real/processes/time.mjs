/** Milliseconds, comparable between the processes of one machine. */
export const now = () => performance.timeOrigin + performance.now();

export const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
