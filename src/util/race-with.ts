/**
 * Settles as `work` does, unless `watch` settles the race first.
 *
 * @param watch starts to wait for the other outcome; it returns a function that releases its timers and listeners
 */
export async function raceWith<T, Other = never>(
  work: Promise<T>,
  watch: (resolve: (outcome: Other) => void, reject: (error: Error) => void) => () => void,
): Promise<T | Other> {
  let release = (): void => undefined;
  const other = new Promise<Other>((resolve, reject) => {
    release = watch(resolve, reject);
  });
  try {
    return await Promise.race([work, other]);
  } finally {
    release();
  }
}
