import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../../call/call';
import { createException, type Facts } from '../../errors/create';
import { isTokenError } from '../../errors/guards';
import { describeThrown } from '../../errors/node-errors';
import { toError } from '../../util/is-error';
import { isPromise } from '../../util/promises';
import { raceWith } from '../../util/race-with';
import { deadlineExceeded, type Expiry, type FactsOfCall } from '../../call/clock';
import { whileCallLasts } from '../../call/while-call-lasts';
import type { TokenAnswer, TokenRequest, TokenSource } from '../sources/token-source';

type RequestConfig = InternalAxiosRequestConfig;

/**
 * Asks `source` for the token of one attempt. A promise is awaited no longer than the attempt or the call may last.
 *
 * @throws TokenError if the source fails or is too slow; RequestCancelled or DeadlineExceeded if the call ends first
 */
export function askForToken(
  source: TokenSource,
  { origin, pathname }: Readonly<URL>,
  config: RequestConfig,
  call: Call,
): TokenAnswer | Promise<TokenAnswer> {
  const request = new SourceRequest(origin + pathname);
  try {
    const token = source.getToken(request);
    if (typeof token === 'string' || !isPromise(token)) return token;
    return waitFor(token, request, config, call);
  } catch (thrown) {
    throw tokenError(thrown, factsOf(config, call));
  }
}

/** The request that a source gets. Its signal is created only if the source reads it. */
class SourceRequest implements TokenRequest {
  #controller: AbortController | undefined;

  constructor(readonly url: string) {}

  get signal(): AbortSignal {
    return this.#lazyController.signal;
  }

  abort(): void {
    this.#lazyController.abort();
  }

  get hasEnded(): boolean {
    return this.#controller?.signal.aborted === true;
  }

  get #lazyController(): AbortController {
    return (this.#controller ??= new AbortController());
  }
}

async function waitFor(
  pending: Promise<TokenAnswer>,
  request: SourceRequest,
  config: RequestConfig,
  call: Call,
): Promise<TokenAnswer> {
  const facts = factsOf(config, call);
  const caller = config.signal as AbortSignal | undefined;
  return raceWith(withTokenError(pending, request, facts), (_, reject) => {
    const limits = {
      timeout: config.timeout,
      signals: caller ? [caller] : [],
      expired: (expiry: Expiry) => expired(expiry, facts),
    };
    return whileCallLasts(facts, limits, (error) => {
      reject(error);
      request.abort();
    });
  });
}

async function withTokenError(
  pending: Promise<TokenAnswer>,
  request: SourceRequest,
  facts: Facts,
): Promise<TokenAnswer> {
  try {
    return await pending;
  } catch (thrown) {
    // A call that has ended does not see it, and thousands of exceptions at once would block the process for a second.
    throw request.hasEnded ? thrown : tokenError(thrown, facts);
  }
}

function factsOf(config: RequestConfig, call: Call): FactsOfCall {
  return { call, config, sent: 'no', phase: 'connect' };
}

function expired({ code, limit }: Expiry, facts: Facts): Error {
  if (code === 'TIMEOUT') {
    return createException('TOKEN_UNAVAILABLE', { ...facts, detail: `no token within the timeout of ${limit} s` });
  }
  return deadlineExceeded(facts, `no token within the deadline of ${limit} s`);
}

function tokenError(thrown: unknown, facts: Facts): Error {
  const error = toError(thrown);
  const cause = isTokenError(error) ? (error.cause ?? error) : error;
  const detail = `no token available: ${error.message || describeThrown(error)}`;
  return createException('TOKEN_UNAVAILABLE', { ...facts, cause, detail });
}
