import { InvalidToken } from '../tokens/jwt/invalid-token';
import { verifyToken, type TokenClaims, type VerifyTokenOptions } from '../tokens/jwt/verify-token';
import { problemResponse, type ProblemResponse } from './problem-response';

// On Node's request, because the request of every framework is one or wraps one.
declare module 'http' {
  interface IncomingMessage {
    /** The claims of the caller's token, if the caller has been authenticated. */
    auth?: TokenClaims;
  }
}

/** The claims of the caller, or why it is refused. */
export type Authentication =
  | { readonly claims: TokenClaims }
  | { readonly claims: undefined; readonly error: InvalidToken; readonly response: ProblemResponse };

/** @param requestId the id in the context, if there is one */
export type Authenticator = (authorization: string | undefined, requestId?: string) => Promise<Authentication>;

/**
 * Returns a function that authenticates the caller by the bearer token in the `Authorization` header. The function
 * rejects with a RequestException if the key set cannot be fetched, which is not the caller's fault.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 6750, sections 2.1 and 3
 */
export function authentication(options: VerifyTokenOptions): Authenticator {
  const verify = verifyToken(options);
  return async (authorization, requestId) => {
    try {
      return { claims: await verify(bearerOf(authorization)) };
    } catch (thrown) {
      if (!(thrown instanceof InvalidToken)) throw thrown;
      return { claims: undefined, error: thrown, response: unauthorized(thrown, requestId) };
    }
  };
}

/** Another scheme counts as no token: RFC 6750, section 3.1 wants no error code for an unsupported scheme. */
function bearerOf(authorization = ''): string | undefined {
  return /^Bearer +(?! )(.*)$/i.exec(authorization)?.[1];
}

function unauthorized({ reason, message }: InvalidToken, requestId: string | undefined): ProblemResponse {
  const challenge =
    reason === 'missing' ? 'Bearer' : `Bearer error="invalid_token", error_description="${quotable(message)}"`;
  return problemResponse(401, sentence(message), requestId, { 'WWW-Authenticate': challenge });
}

/** Replaces what a header must not hold: the names of issuers and audiences can be any text. @see RFC 6750, section 3 */
function quotable(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
