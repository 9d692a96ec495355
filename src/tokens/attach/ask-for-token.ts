import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../../call/call';
import { cancelledBy } from '../../errors/cancelled';
import { createException, type Facts } from '../../errors/create';
import { isTokenError } from '../../errors/guards';
import { toError } from '../../util/is-error';
import { isPromise } from '../../util/promises';
import { follow } from '../../util/abort';
import { raceWith } from '../../util/race-with';
import { startClock, type Expiry } from '../../call/clock';
import type { TokenAnswer, TokenRequest, TokenSource } from '../sources/token-source';

type RequestConfig = InternalAxiosRequestConfig;

/**
 * Asks `source` for the token of one attempt: at once where the source has it at hand, else no longer than the attempt or
 * the call may last.
 *
 * @throws TokenError if there is none; RequestCancelled or DeadlineExceeded if the call ends before it comes
 */
export function askForToken(
  source: TokenSource,
  { origin, pathname }: Readonly<URL>,
  config: RequestConfig,
  call: Call,
): TokenAnswer | Promise<TokenAnswer> {
  const question = new Question(origin + pathname);
  try {
    const answer = source.getToken(question);
    if (typeof answer === 'string' || !isPromise(answer)) return answer;
    return waitFor(answer, question, config, call);
  } catch (thrown) {
    throw tokenError(thrown, factsOf(config, call));
  }
}

/** What a source is told; its signal is made only for a source that looks at it. */
class Question implements TokenRequest {
  #controller: AbortController | undefined;

  constructor(readonly url: string) {}

  get signal(): AbortSignal {
    return this.#made.signal;
  }

  giveUp(): void {
    this.#made.abort();
  }

  get #made(): AbortController {
    return (this.#controller ??= new AbortController());
  }
}

async function waitFor(
  answer: Promise<TokenAnswer>,
  question: Question,
  config: RequestConfig,
  call: Call,
): Promise<TokenAnswer> {
  const facts = factsOf(config, call);
  const caller = config.signal as AbortSignal | undefined;
  return raceWith(explained(answer, facts), (_, reject) => {
    const endWith = (error: Error): void => {
      reject(error);
      question.giveUp();
    };
    const onExpiry = (expiry: Expiry): void => {
      endWith(expired(expiry, facts));
    };
    const clock = startClock(config, call, { onExpiry });
    // Unfollowed again: the call would else stay in memory for as long as the signal lives.
    const unfollow =
      caller &&
      follow(caller, (reason) => {
        endWith(cancelledBy(reason, facts));
      });
    return () => {
      clearTimeout(clock);
      unfollow?.();
    };
  });
}

async function explained(answer: Promise<TokenAnswer>, facts: Facts): Promise<TokenAnswer> {
  try {
    return await answer;
  } catch (thrown) {
    throw tokenError(thrown, facts);
  }
}

function factsOf(config: RequestConfig, call: Call): Facts {
  return { call, config, sent: 'no', phase: 'connect' };
}

function expired({ code, limit }: Expiry, facts: Facts): Error {
  if (code === 'TIMEOUT') {
    return createException('TOKEN_UNAVAILABLE', { ...facts, detail: `no token within the timeout of ${limit} s` });
  }
  const detail = `no token within the deadline of ${limit} s`;
  return createException('DEADLINE_EXCEEDED', { ...facts, cause: facts.call?.lastError, detail });
}

function tokenError(thrown: unknown, facts: Facts): Error {
  const error = toError(thrown);
  const cause = isTokenError(error) ? (error.cause ?? error) : error;
  return createException('TOKEN_UNAVAILABLE', { ...facts, cause, detail: `no token could be had: ${error.message}` });
}
