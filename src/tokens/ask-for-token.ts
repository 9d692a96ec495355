import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import { createException, type Facts } from '../errors/create';
import { isTokenError } from '../errors/guards';
import { targetOf } from '../url';
import type { TokenAnswer, TokenSource } from './token-source';
import { isError } from '../errors/is-error';

/**
 * Asks `source` for the token of one attempt, and waits for it no longer than the call may last.
 *
 * @throws TokenError if there is none; RequestCancelled or DeadlineExceeded if the call ends before it comes
 */
export async function askForToken(source: TokenSource, config: InternalAxiosRequestConfig): Promise<TokenAnswer> {
  const call = callOf(config);
  const facts: Facts = { call, config, sent: 'no', phase: 'connect' };
  const deadline = new AbortController();
  const timer = setDeadline(call.remaining, deadline);
  const caller = config.signal instanceof AbortSignal ? [config.signal] : [];
  const signal = AbortSignal.any([...caller, deadline.signal]);
  const { origin, pathname } = targetOf(config, call);
  try {
    return await Promise.race([ask(source, origin + pathname, signal), aborted(signal)]);
  } catch (thrown) {
    if (deadline.signal.aborted) {
      const detail = `no token within the deadline of ${call.limit} s`;
      throw createException('DEADLINE_EXCEEDED', { ...facts, cause: call.lastError, detail });
    }
    if (signal.aborted) throw cancelledBy(signal.reason, facts);
    throw tokenError(thrown, facts);
  } finally {
    clearTimeout(timer);
  }
}

function setDeadline(remaining: number, deadline: AbortController): NodeJS.Timeout | undefined {
  if (remaining === Infinity) return undefined;
  const expire = (): void => {
    deadline.abort();
  };
  return setTimeout(expire, Math.max(0, remaining));
}

// A source may throw before it returns a promise.
async function ask(source: TokenSource, url: string, signal: AbortSignal): Promise<TokenAnswer> {
  return source.getToken({ url, signal });
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(new Error('aborted'));
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function tokenError(thrown: unknown, facts: Facts): Error {
  const cause = isTokenError(thrown) ? (thrown.cause ?? thrown) : thrown;
  const why = isError(thrown) ? thrown.message : String(thrown);
  return createException('TOKEN_UNAVAILABLE', { ...facts, cause, detail: `no token could be had: ${why}` });
}
