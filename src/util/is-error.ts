/**
 * Whether `value` is an error. `instanceof` fails for errors of another realm, such as Node's own errors in a vm context
 * (jest uses one), and for DOMException in older versions of Node.
 */
export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return 'name' in value && typeof value.name === 'string' && 'message' in value && typeof value.message === 'string';
  } catch {
    // A getter of an object that somebody threw, or a revoked Proxy.
    return false;
  }
}

/** Whether an error contains several. Happy Eyeballs throws one, with an error for each address that it tried. */
export function isAggregate(error: Error): error is Error & { readonly errors: readonly unknown[] } {
  return 'errors' in error && Array.isArray(error.errors);
}

/** Returns an error unchanged, and wraps any other thrown value in one. */
export function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(describeThrown(thrown));
}

// String() fails for an object without a prototype, and any `toString` may throw.
function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return `a thrown ${typeof thrown}`;
  }
}
