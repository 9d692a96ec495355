/** The header in which services of this company send how long they wait for the response. */
export const TIMEOUT_HEADER = 'X-Request-Timeout-Ms';

/** Milliseconds. In a chain of services, no caller is expected to wait longer. */
const MAX_TIMEOUT = 60_000;

/** The units of gRPC in milliseconds. @see gRPC over HTTP/2, "Requests" */
const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** A header for a time, of one of the two kinds. */
export interface TimeoutHeader {
  readonly name: string;
  readonly lowerName: string;
  /** Whether it has units; all others, such as Envoy's `x-envoy-expected-rq-timeout-ms`, are milliseconds. */
  readonly isGRPC: boolean;
}

export function timeoutHeaderOf(name: string): TimeoutHeader {
  const lowerName = name.toLowerCase();
  return { name, lowerName, isGRPC: lowerName === 'grpc-timeout' };
}

/** Milliseconds that the caller waits, at most 60 000; `undefined` if the header is absent, malformed or 0. */
export function parseTimeout({ isGRPC }: TimeoutHeader, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const timeout = isGRPC ? parseGRPC(text) : /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  return timeout > 0 ? Math.min(timeout, MAX_TIMEOUT) : undefined;
}

function parseGRPC(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  return Number(digits) * Number(UNITS[unit]);
}

/** @param timeout whole milliseconds */
export function formatTimeout({ isGRPC }: TimeoutHeader, timeout: number): string {
  if (!isGRPC) return String(timeout);
  // gRPC allows at most eight digits.
  return timeout < 1e8 ? `${timeout}m` : `${Math.min(99_999_999, Math.floor(timeout / 1000))}S`;
}
