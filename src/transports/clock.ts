import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call';
import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { Phase, RequestException } from '../errors/exceptions';

/** Which of the two clocks ran out. */
export interface Expiry {
  readonly code: Extract<ErrorCode, 'TIMEOUT' | 'DEADLINE_EXCEEDED'>;
  /** Seconds that were given. */
  readonly limit: number;
}

const WAITING_FOR: Record<Phase, string> = {
  connect: 'no connection',
  headers: 'no answer',
  body: 'not the whole body',
};

/** The exception for a clock that ran out; the deadline's tells what had gone wrong before. */
export function expiryException({ code, limit }: Expiry, facts: Facts & { readonly phase: Phase }): RequestException {
  const cause = code === 'DEADLINE_EXCEEDED' ? facts.call?.lastError : undefined;
  const clock = code === 'TIMEOUT' ? 'timeout' : 'deadline';
  return createException(code, {
    ...facts,
    cause,
    detail: `${WAITING_FOR[facts.phase]} within the ${clock} of ${limit} s`,
  });
}

/**
 * Runs `onExpiry` when the attempt's timeout or the call's deadline is over, whichever comes first.
 *
 * @returns stops the clock
 */
export function startClock(
  { timeout = 0 }: Pick<InternalAxiosRequestConfig, 'timeout'>,
  call: Call,
  onExpiry: (expiry: Expiry) => void,
): () => void {
  const { remaining } = call;
  const isDeadlineFirst = timeout === 0 || remaining < timeout;
  if (isDeadlineFirst && remaining === Infinity) return () => undefined;
  const timer = isDeadlineFirst
    ? setTimeout(onExpiry, Math.max(0, remaining), { code: 'DEADLINE_EXCEEDED', limit: call.limit })
    : setTimeout(onExpiry, timeout, { code: 'TIMEOUT', limit: timeout / 1000 });
  return () => {
    clearTimeout(timer);
  };
}
