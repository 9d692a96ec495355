import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import { createException, type Facts } from '../errors/create';
import { isTokenError } from '../errors/guards';
import { startClock, type Expiry } from '../transports/clock';
import { targetOf } from '../url';
import type { TokenAnswer, TokenSource } from './token-source';
import { toError } from '../errors/is-error';

/**
 * Asks `source` for the token of one attempt, and waits for it no longer than the attempt or the call may last.
 *
 * @throws TokenError if there is none; RequestCancelled or DeadlineExceeded if the call ends before it comes
 */
export async function askForToken(source: TokenSource, config: InternalAxiosRequestConfig): Promise<TokenAnswer> {
  const call = callOf(config);
  const facts = { call, config, sent: 'no', phase: 'connect' } as const;
  const caller = config.signal as AbortSignal | undefined;
  const controller = new AbortController();
  const { promise: end, reject: endWith } = rejector();
  const stopClock = startClock(config, call, (expiry) => {
    endWith(expired(expiry, facts));
    controller.abort();
  });
  const onAbort = (): void => {
    endWith(cancelledBy(caller?.reason, facts));
    controller.abort();
  };
  // Taken off again: a listener that stays would keep the call in memory for as long as the signal lives.
  caller?.addEventListener('abort', onAbort);
  try {
    return await Promise.race([ask(source, audienceOf(config), controller.signal, facts), end]);
  } finally {
    stopClock();
    caller?.removeEventListener('abort', onAbort);
  }
}

/**
 * Asks a source that answers at once.
 *
 * @throws TokenError if there is none
 */
export function askAtOnce(source: TokenSource, config: InternalAxiosRequestConfig): TokenAnswer {
  const facts = { call: callOf(config), config, sent: 'no', phase: 'connect' } as const;
  try {
    const answer = source.getToken({ url: audienceOf(config) });
    if (!(answer instanceof Promise)) return answer;
    answer.catch(() => undefined);
  } catch (thrown) {
    throw tokenError(thrown, facts);
  }
  throw tokenError(new TypeError('a source that says `isSynchronous` answered with a promise'), facts);
}

function audienceOf(config: InternalAxiosRequestConfig): string {
  const { origin, pathname } = targetOf(config, callOf(config));
  return origin + pathname;
}

function expired({ code, limit }: Expiry, facts: Facts): Error {
  if (code === 'TIMEOUT') {
    return createException('TOKEN_UNAVAILABLE', { ...facts, detail: `no token within the timeout of ${limit} s` });
  }
  const detail = `no token within the deadline of ${limit} s`;
  return createException('DEADLINE_EXCEEDED', { ...facts, cause: facts.call?.lastError, detail });
}

// A source may throw before it returns a promise.
async function ask(source: TokenSource, url: string, signal: AbortSignal, facts: Facts): Promise<TokenAnswer> {
  try {
    return await source.getToken({ url, signal });
  } catch (thrown) {
    throw tokenError(thrown, facts);
  }
}

function rejector(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}

function tokenError(thrown: unknown, facts: Facts): Error {
  const error = toError(thrown);
  const cause = isTokenError(error) ? (error.cause ?? error) : error;
  return createException('TOKEN_UNAVAILABLE', { ...facts, cause, detail: `no token could be had: ${error.message}` });
}
