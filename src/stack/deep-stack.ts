/** Most frames of a failed call are those of this package, of axios and of Node, which are left out. */
const DEEP = 100;

/**
 * Captures a stack into `holder` whose frames do not end at the limit of the application.
 *
 * @param above the function whose frame is left out, with those above it
 * @returns how many frames the application wants to see
 */
export function captureDeepStack(
  holder: object,
  above: ((...given: never[]) => unknown) | (abstract new (...given: never[]) => unknown),
): number {
  const { stackTraceLimit: limit } = Error as { readonly stackTraceLimit?: unknown };
  if (typeof limit !== 'number' || !(limit > 0)) return 0;
  setLimit(Math.max(limit, DEEP));
  try {
    Error.captureStackTrace(holder, above);
  } finally {
    setLimit(limit);
  }
  return limit;
}

/** Does nothing where the application has frozen `Error`. */
function setLimit(limit: number): void {
  Reflect.set(Error, 'stackTraceLimit', limit);
}

/** The stack as text; empty if there is none. */
export function stackOf(holder: { readonly stack?: unknown }): string {
  try {
    return typeof holder.stack === 'string' ? holder.stack : '';
  } catch {
    // `Error.prepareStackTrace` belongs to the application, and may fail.
    return '';
  }
}
