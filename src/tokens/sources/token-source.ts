/** A token, and when it ends. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the epoch; `undefined` where that is unknown. */
  readonly expiresAt?: number | undefined;
}

/** For whom a token is asked. Pass it on as it is: a copy by `{ ...request }` has no `signal`. */
export interface TokenRequest {
  /** Where the request goes, without its query. */
  readonly url: string;
  /** For whom the token is to be good, where that is not what the source makes of the URL. */
  readonly audience?: string | undefined;
  /** Aborts when the call is cancelled or its deadline passes. */
  readonly signal?: AbortSignal | undefined;
}

/** A token; `undefined` where a source has none. */
export type TokenAnswer = AccessToken | string | undefined;

/** The token itself, in whichever form a source gives it. */
export function textOfToken(answer: TokenAnswer | null): string | undefined {
  return typeof answer === 'object' ? answer?.token : answer;
}

/** Where tokens come from. */
export interface TokenSource {
  /**
   * A token for one attempt. A source that has it at hand answers with it and not with a promise, which spares the call
   * a wait.
   */
  getToken(request: TokenRequest): TokenAnswer | Promise<TokenAnswer>;
  /**
   * Forgets a token that a service answered with 401. A source that can do so is then asked for another one, and the call
   * sent again with that.
   */
  invalidate?(token: string): void;
  /** Releases timers, sockets and watchers. */
  close?(): void;
}
