/**
 * What `work` comes to, unless something else comes first.
 *
 * @param watch waits for the other thing, and settles the race with it; it returns what releases its timers and listeners
 */
export async function raceWith<T, Other = never>(
  work: Promise<T>,
  watch: (resolve: (other: Other) => void, reject: (error: Error) => void) => () => void,
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
