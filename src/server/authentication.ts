import { InvalidToken } from '../tokens/jwt/invalid-token';
import { verifyToken, type TokenClaims, type VerifyTokenOptions } from '../tokens/jwt/verify-token';
import { problemAnswer, type ProblemAnswer } from './problem-response';

// The requests of frameworks are, or wrap, one of these, whoever's declarations of them are installed.
declare module 'http' {
  interface IncomingMessage {
    /** What the caller's token says, where that was asked for. */
    auth?: TokenClaims;
  }
}

/** Who the caller is, or why it is not let in. */
export type Authentication =
  | { readonly claims: TokenClaims }
  | { readonly claims: undefined; readonly error: InvalidToken; readonly answer: ProblemAnswer };

/** @param requestId that of the context, if there is one */
export type Authenticator = (authorization: string | undefined, requestId?: string) => Promise<Authentication>;

/**
 * Makes the function with which a service finds out who calls it, by the bearer token in the `Authorization` header. It rejects
 * with a RequestException where the key set cannot be had: that is no fault of the caller's.
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
      return { claims: undefined, error: thrown, answer: refusal(thrown, requestId) };
    }
  };
}

/** What is no bearer token is no token at all: RFC 6750, section 3.1 wants no error code for a scheme that is not known. */
function bearerOf(authorization = ''): string | undefined {
  return /^Bearer +(.*)$/i.exec(authorization)?.[1];
}

function refusal({ reason, message }: InvalidToken, requestId: string | undefined): ProblemAnswer {
  const challenge =
    reason === 'missing' ? 'Bearer' : `Bearer error="invalid_token", error_description="${quotable(message)}"`;
  return problemAnswer(401, sentence(message), requestId, { 'WWW-Authenticate': challenge });
}

/** Names of issuers and audiences are in it, which may hold any character. @see RFC 6750, section 3 */
function quotable(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
