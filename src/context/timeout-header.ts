/** The header in which services of this company send how long they wait for the response. */
export const TIMEOUT_HEADER = 'X-Request-Timeout-Ms';

/** Milliseconds. In a chain of services, no caller is expected to wait longer. */
const MAX_TIMEOUT = 60_000;

/** The units of gRPC in milliseconds. @see gRPC over HTTP/2, "Requests" */
const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

const isGRPC = (name: string): boolean => name.toLowerCase() === 'grpc-timeout';

/**
 * Milliseconds that the caller waits, at most 60 000; `undefined` if the header is absent, malformed or 0.
 *
 * @param name `grpc-timeout` has units; all others, such as Envoy's `x-envoy-expected-rq-timeout-ms`, are milliseconds
 */
export function parseTimeout(name: string, text: string | undefined): number | undefined {
  const form = isGRPC(name) ? /^(\d{1,8})([HMSmun])$/ : /^(\d{1,15})$/;
  const [, digits, unit = 'm'] = form.exec(text ?? '') ?? [];
  const timeout = Number(digits) * Number(UNITS[unit]);
  return timeout > 0 ? Math.min(timeout, MAX_TIMEOUT) : undefined;
}

/** @param timeout whole milliseconds */
export function formatTimeout(name: string, timeout: number): string {
  if (!isGRPC(name)) return String(timeout);
  // gRPC allows at most eight digits.
  return timeout < 1e8 ? `${timeout}m` : `${Math.min(99_999_999, Math.floor(timeout / 1000))}S`;
}
