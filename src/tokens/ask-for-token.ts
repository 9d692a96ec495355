import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import { withoutSecrets } from '../errors/cause';
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
  const url = audienceOf(config);
  try {
    return await Promise.race([ask(source, url, signal), aborted(signal)]);
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

/**
 * Asks a source that answers at once.
 *
 * @throws TokenError if there is none
 */
export function askAtOnce(source: TokenSource, config: InternalAxiosRequestConfig): TokenAnswer {
  const url = audienceOf(config);
  try {
    return source.getToken({ url }) as TokenAnswer;
  } catch (thrown) {
    throw tokenError(thrown, { call: callOf(config), config, sent: 'no', phase: 'connect' });
  }
}

function audienceOf(config: InternalAxiosRequestConfig): string {
  const { origin, pathname } = targetOf(config, callOf(config));
  return origin + pathname;
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
  const error = isError(thrown) ? thrown : new Error(String(thrown));
  const cause = isTokenError(error) ? (error.cause ?? error) : withoutSecrets(error);
  return createException('TOKEN_UNAVAILABLE', { ...facts, cause, detail: `no token could be had: ${error.message}` });
}
