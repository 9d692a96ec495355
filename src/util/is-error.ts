/**
 * Whether `value` is an error. `instanceof` says no to errors of another realm, as Node's own are in a vm context (and so in
 * jest), and to DOMException in older ones.
 */
export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && typeof value.name === 'string' && 'message' in value && typeof value.message === 'string';
}

/** Whether an error stands for several, as happy eyeballs throws it: one for each address that was tried. */
export function isAggregate(error: Error): error is Error & { readonly errors: readonly unknown[] } {
  return 'errors' in error && Array.isArray(error.errors);
}

/** Whatever was thrown, as an error. */
export function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(describeThrown(thrown));
}

// What has no prototype has no text either, and anything may throw when it is asked for one.
function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return `a thrown ${typeof thrown}`;
  }
}
