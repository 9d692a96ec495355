/** What a service of this company tells how long it waits for the answer. */
export const TIMEOUT_HEADER = 'X-Request-Timeout-Ms';

/** Milliseconds. Nobody waits longer for a request that others wait for in their turn. */
const LONGEST = 60_000;

/** Milliseconds in the units of gRPC. @see gRPC over HTTP/2, "Requests" */
const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

const isGRPC = (name: string): boolean => name.toLowerCase() === 'grpc-timeout';

/**
 * Milliseconds that the caller waits, at most 60 000; `undefined` where the header says nothing that can be understood.
 *
 * @param name `grpc-timeout` has units; every other header counts milliseconds, as Envoy's `x-envoy-expected-rq-timeout-ms`
 */
export function parseTimeout(name: string, text: string | undefined): number | undefined {
  const form = isGRPC(name) ? /^(\d{1,8})([HMSmun])$/ : /^(\d{1,15})$/;
  const [, digits, unit = 'm'] = form.exec(text ?? '') ?? [];
  const timeout = Number(digits) * Number(UNITS[unit]);
  return timeout > 0 ? Math.min(timeout, LONGEST) : undefined;
}

/** @param timeout whole milliseconds */
export function formatTimeout(name: string, timeout: number): string {
  if (!isGRPC(name)) return String(timeout);
  // Not more than eight digits.
  return timeout < 1e8 ? `${timeout}m` : `${Math.min(99_999_999, Math.floor(timeout / 1000))}S`;
}
