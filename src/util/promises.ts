/** Whether a value is still to come: a promise of any library's. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** Turns what a step throws into a rejection, as `async` does, which costs each call under way a few hundred bytes more. */
export function promised<T>(step: () => Promise<T>): Promise<T> {
  try {
    return step();
  } catch (error) {
    return Promise.reject(error);
  }
}
