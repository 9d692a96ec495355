import type { AxiosRequestConfig } from 'axios';
import { attemptOf } from '../call/call-of';
import type { OriginState } from '../resilience/origin-state';
import { OriginStates } from '../resilience/origin-states';
import { isConnectionError, isDeadlineExceeded, isHTTPError, isRequestException, isTokenError } from '../errors/guards';
import { isPromise } from '../util/promises';
import type { Plugin } from '../plugins/plugin';
import { jwtExpiry } from '../util/jwt-expiry';
import type { AccessToken, TokenAnswer, TokenRequest, TokenSource } from '../tokens/sources/token-source';

/** How the last call of a client ended. */
export interface CallOutcome {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The status of the response, or the code of the failure. */
  readonly outcome: number | string;
  /** When the upstream failed, if it has not succeeded since: milliseconds since the epoch. */
  readonly failedAt: number | undefined;
}

/** As many as OriginStates keeps, apart from those in use: above that, some are forgotten there. */
const MOST_ORIGINS = 1000;

/** Observes an upstream without sending requests: how the last call went, and when the last token expires. */
export class Observation {
  #outcome: CallOutcome | undefined;
  #token: AccessToken | string | undefined;
  /** The origins that were called. */
  readonly #keys = new Set<string>();
  #lastKey: string | undefined;

  /** @param states what is kept of the origins, which other clients may share */
  constructor(public states = new OriginStates()) {}

  /** What is kept of the origins that this client has called. */
  get origins(): readonly OriginState[] {
    return [...this.#keys].flatMap((key) => this.states.find(key) ?? []);
  }

  /** The same of the origin that was called last. */
  get lastOrigin(): OriginState | undefined {
    return this.#lastKey === undefined ? undefined : this.states.find(this.#lastKey);
  }

  /** The last outcome that says anything about the upstream. */
  get outcome(): CallOutcome | undefined {
    return this.#outcome;
  }

  /** When the last token expires: milliseconds since the epoch, or `unknown`; `undefined` until there is one. */
  get tokenExpiresAt(): number | 'unknown' | undefined {
    const token = this.#token;
    if (token === undefined) return undefined;
    const { token: text, expiresAt } = typeof token === 'string' ? { token, expiresAt: undefined } : token;
    return expiresAt ?? jwtExpiry(text) ?? 'unknown';
  }

  /** Innermost in the call ring, because other plugins may change the outcome: that says nothing about the upstream. */
  get plugin(): Plugin {
    return {
      name: 'observation',
      ring: 'call',
      install: (http) => {
        http.interceptors.response.use(
          (response) => {
            this.#noteOrigin(response.config);
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

  /** Wraps `source`, and records the last token that it returned. */
  watch(source: TokenSource): TokenSource {
    const record = (token: TokenAnswer): void => {
      // Despite its type, a source may return null.
      this.#token = token ?? this.#token;
    };
    return {
      getToken(request) {
        const token = source.getToken(request);
        // The call itself awaits the token and handles its failure.
        if (isPromise(token)) token.then(record, () => undefined);
        else record(token);
        return token;
      },
      ...(source.invalidate && { invalidate: (token: string) => source.invalidate?.(token) }),
      ...(source.user && { user: (request: TokenRequest) => source.user?.(request) }),
      close: () => source.close?.(),
    };
  }

  #noteFailure(error: unknown): void {
    if (!isRequestException(error)) return;
    this.#noteOrigin(error.config);
    const outcome = error.status ?? error.code;
    if (isUpstreamFailure(error)) this.#note(outcome, Date.now());
    else if (isHTTPError(error)) this.#note(outcome, undefined);
    // The upstream may have been slow, or the inbound deadline short: such a call neither sets nor clears `failedAt`.
    else if (isDeadlineExceeded(error) && error.sent !== 'no') this.#note(outcome, this.#outcome?.failedAt);
  }

  #noteOrigin(config: AxiosRequestConfig | undefined): void {
    const key = config && attemptOf(config)?.origin?.key;
    if (key === undefined || key === this.#lastKey) return;
    this.#lastKey = key;
    this.#keys.add(key);
    if (this.#keys.size <= MOST_ORIGINS) return;
    for (const one of this.#keys) if (!this.states.find(one)) this.#keys.delete(one);
  }

  #note(outcome: number | string, failedAt: number | undefined): void {
    this.#outcome = { at: Date.now(), outcome, failedAt };
  }
}

/** A cancelled or invalid call says nothing about the upstream. If the deadline passed, the failure before that counts. */
function isUpstreamFailure(error: unknown): boolean {
  if (isDeadlineExceeded(error)) return isUpstreamFailure(error.cause);
  return isConnectionError(error) || isTokenError(error) || (isRequestException(error) && error.retryable);
}
