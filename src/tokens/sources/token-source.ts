import { isPromise } from '../../util/promises';
import { warnOf } from '../../util/warn-of';

/** A token, and when it expires. */
export interface AccessToken {
  /** Without `Bearer `. */
  readonly token: string;
  /** Milliseconds since the epoch; `undefined` if unknown. */
  readonly expiresAt?: number | undefined;
}

/** What a token is requested for. Pass it on unchanged: a copy by `{ ...request }` has no `signal`. */
export interface TokenRequest {
  /** URL of the request, without its query. */
  readonly url: string;
  /** Audience of the token, if it is not the one that the source derives from the URL. */
  readonly audience?: string | undefined;
  /** Aborts when the call is cancelled, or when its timeout or deadline expires. */
  readonly signal?: AbortSignal | undefined;
}

/** A token; `undefined` if the source has none. */
export type TokenAnswer = AccessToken | string | undefined;

/**
 * The token itself, in whichever form the source returns it. What is not a token is returned as it is, for a check to say what
 * came. In JavaScript, `null` often stands for no token.
 */
export function textOfToken(answer: unknown): unknown {
  if (answer === null) return undefined;
  return typeof answer === 'object' && 'token' in answer ? answer.token : answer;
}

/** Tells each source to forget a token, also where another one fails to. */
export async function forgetEverywhere(sources: Iterable<TokenSource | undefined>, token: string): Promise<void> {
  const forget = async (source: TokenSource | undefined): Promise<void> => {
    await source?.invalidate?.(token);
  };
  await Promise.allSettled(Array.from(sources, forget));
}

/** Closes a source. One may take its time: nobody waits for it, and its failure must stop neither the process nor what else closes. */
export function closeSource(source: TokenSource | undefined): void {
  const warn = (reason: unknown): void => {
    warnOf('close() of a token source failed', reason, 'HDMS_TOKEN_SOURCE');
  };
  try {
    const closing = source?.close?.();
    if (isPromise(closing)) closing.then(undefined, warn);
  } catch (thrown) {
    warn(thrown);
  }
}

/** Where tokens come from. */
export interface TokenSource {
  /**
   * A token for one attempt. A source that has it already returns it without a promise, which saves the call a wait. If
   * the source throws or rejects, the call fails with a TokenError.
   */
  getToken(request: TokenRequest): TokenAnswer | Promise<TokenAnswer>;
  /**
   * Drops a token that a service rejected with a 401. A source with this method is then asked for another token, with
   * which the request is sent again. A promise is awaited before; if it fails, the call does not.
   */
  invalidate?(token: string): unknown;
  /**
   * Identifies the user whose token `getToken` returns, if that depends on the request being served; the user's token is
   * suitable. When a service responds to one user with 429, the calls for other users are not held back. Only a hash is kept.
   */
  user?(request: TokenRequest): string | undefined;
  /** Called by `client.close()`: releases timers, sockets and the like. A promise is not awaited; if it fails, the process emits a warning. */
  close?(): unknown;
}
