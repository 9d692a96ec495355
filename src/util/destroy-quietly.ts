/** Destroys what the caller made, whose own `destroy` may throw, such as the second time. The call ends for another reason. */
export function destroyQuietly(stream: { destroy?(error?: Error): unknown }, error?: Error): void {
  try {
    stream.destroy?.(error);
  } catch {
    // Nobody who waits for the call could do anything about it.
  }
}
