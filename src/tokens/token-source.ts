/** A token, and when it ends. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since the epoch; `undefined` where that is unknown. */
  readonly expiresAt?: number | undefined;
}

/** For whom a token is asked. */
export interface TokenRequest {
  /** Where the request goes, without its query. */
  readonly url: string;
  /** Aborts when the call is cancelled or its deadline passes. */
  readonly signal?: AbortSignal | undefined;
}

/** Where tokens come from. */
export interface TokenSource {
  /** A token for one attempt; `undefined` where this source has none. */
  getToken(request: TokenRequest): TokenAnswer | Promise<TokenAnswer>;
  /** Whether `getToken` never answers with a promise. @default false */
  readonly isSynchronous?: boolean;
  /** The token that `getToken` would answer at once, if there is one: spares the hot path a promise. */
  cached?(): AccessToken | undefined;
  /** Forgets a token that turned out not to be accepted. */
  invalidate?(token: string): void;
  /** Releases timers, sockets and watchers. */
  close?(): void;
}

export type TokenAnswer = AccessToken | string | undefined;
