import { isConnectionError, isDeadlineExceeded, isHTTPError, isRequestException, isTokenError } from '../errors/guards';
import { isPromise } from '../util/promises';
import type { Plugin } from '../plugins/plugin';
import { jwtExpiry } from '../tokens/jwt/jwt-expiry';
import type { AccessToken, TokenAnswer, TokenSource } from '../tokens/sources/token-source';

/** What the last call with a client came to. */
export interface Outcome {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The status that came, or the code of the failure. */
  readonly outcome: number | string;
  /** When the other side failed, if it has not succeeded since: milliseconds since the epoch. */
  readonly failedAt: number | undefined;
}

/** What is known of the other side without asking it: how the last call went, and when the last token ends. */
export class Observation {
  #outcome: Outcome | undefined;
  #token: AccessToken | string | undefined;

  /** The last outcome that says anything of the other side. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** When the last token ends: milliseconds since the epoch, or `unknown`; `undefined` while there was none. */
  get tokenEnd(): number | 'unknown' | undefined {
    const token = this.#token;
    if (token === undefined) return undefined;
    const { token: text, expiresAt } = typeof token === 'string' ? { token, expiresAt: undefined } : token;
    return expiresAt ?? jwtExpiry(text) ?? 'unknown';
  }

  /** Innermost of the call ring: what other plugins make of the outcome is no news of the other side. */
  get plugin(): Plugin {
    return {
      name: 'observation',
      ring: 'call',
      install: (http) => {
        http.interceptors.response.use(
          (response) => {
            this.#note(response.status, undefined);
            return response;
          },
          (error: unknown) => {
            this.#noteFailure(error);
            throw error;
          },
        );
      },
    };
  }

  /** The same source, of whose tokens note is taken. */
  watch(source: TokenSource): TokenSource {
    const note = (answer: TokenAnswer): void => {
      // Other than declared, a source may answer with null.
      this.#token = answer ?? this.#token;
    };
    return {
      getToken(request) {
        const answer = source.getToken(request);
        // The call waits for the answer itself, and its failure is the call's.
        if (isPromise(answer)) answer.then(note, () => undefined);
        else note(answer);
        return answer;
      },
      ...(source.invalidate && { invalidate: (token: string) => source.invalidate?.(token) }),
      close: () => source.close?.(),
    };
  }

  #noteFailure(error: unknown): void {
    if (!isRequestException(error)) return;
    const outcome = error.status ?? error.code;
    if (isFailureOfOthers(error)) this.#note(outcome, Date.now());
    else if (isHTTPError(error)) this.#note(outcome, undefined);
    // It may have been slow, or the caller in a hurry: an inbound deadline must not say that the other side is down.
    else if (isDeadlineExceeded(error) && error.sent !== 'no') this.#note(outcome, this.#outcome?.failedAt);
  }

  #note(outcome: number | string, failedAt: number | undefined): void {
    this.#outcome = { at: Date.now(), outcome, failedAt };
  }
}

/** A call that was cancelled or wrong says nothing of the other side; one that ran out of time, what it met before that. */
function isFailureOfOthers(error: unknown): boolean {
  if (isDeadlineExceeded(error)) return isFailureOfOthers(error.cause);
  return isConnectionError(error) || isTokenError(error) || (isRequestException(error) && error.retryable);
}
