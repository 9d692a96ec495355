/** Milliseconds that a timer of Node's can hold; beyond it the timer fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;
