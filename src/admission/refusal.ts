import type { AttemptState } from '../call/attempt-state';
import type { ErrorCode } from '../errors/codes';
import { createException } from '../errors/create';
import type { RequestConfig } from './checkpoint';

type RefusalCode = Extract<ErrorCode, 'CIRCUIT_OPEN' | 'QUEUE_FULL' | 'ORIGIN_CLOSED' | 'RATE_LIMITED'>;

/**
 * The exception for an attempt that may not pass. Its message names the origin, because a URL may be relative to `baseURL`.
 *
 * @param detail with `{origin}` for the origin
 * @param retryAfter seconds until another one may, if that is known; rounded up to milliseconds
 */
export function refusal(
  code: RefusalCode,
  attempt: AttemptState,
  config: RequestConfig,
  detail: string,
  retryAfter?: number,
): Error {
  const { call, origin } = attempt;
  // Without the partition, which may be the name of a customer.
  const name = origin?.key.split(' ', 1)[0] ?? 'this service';
  const text = detail.replace('{origin}', () => name);
  const rounded = retryAfter === undefined ? undefined : Math.ceil(retryAfter * 1000) / 1000;
  return createException(code, { call, config, sent: 'no', phase: 'connect', detail: text, retryAfter: rounded });
}

/** For a message. */
export function printWait(milliseconds: number): string {
  return `${Math.round(milliseconds) / 1000} s`;
}
