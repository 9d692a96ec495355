import { createException } from '../../errors/create';
import { tokenComplaint } from '../../checks/token';
import { jwtClaims } from '../../util/jwt-claims';
import type { FetchedToken } from '../cache/held-token';
import { jsonObject } from './json-object';
import type { IssuerResponse } from './token-client';
import { errorResponse } from './token-failure';

/** Milliseconds. A huge lifetime would become Infinity, which the JSON in a store cannot express. */
const MAX_LIFETIME = 366 * 86_400_000;
/** Seconds that a token of unknown lifetime is cached. */
const UNKNOWN_LIFETIME = 60;
/**
 * Issuers count whole seconds, from the start of the second in which they issue a token: up to one second of its lifetime
 * may be over from the start. A token that lives for a few seconds gives up at most a quarter of its lifetime for this.
 */
const ROUNDING = 1;
const MAX_ROUNDING = 0.25;

/**
 * The token in a token endpoint's response.
 *
 * @param types accepted values of `token_type`, in any case
 * @throws TokenError if the response has no token that can be sent
 * @see RFC 6749, section 5.1
 */
export function readToken(response: IssuerResponse, types: readonly string[]): FetchedToken {
  const { status, data, call, elapsed } = response;
  const refuse = (detail: string): Error => createException('TOKEN_UNAVAILABLE', { call, detail, sent: 'no' });
  const body = jsonObject(data);
  if (!body) throw refuse(`the body of the ${status} response is not a JSON object`);
  const { access_token: token, token_type: type, expires_in: lifetime } = body;
  if (!token && (body['error'] ?? undefined) !== undefined) throw errorResponse(response, body['error']);
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) throw refuse(`the access_token in the ${status} response ${complaint}`);
  if (typeof type === 'string' && !types.some((one) => one.toLowerCase() === type.toLowerCase())) {
    throw refuse(`the token_type in the ${status} response is not ${types.join(' or ')}`);
  }
  const expiresAt = expiryOf(token as string, Number(lifetime), elapsed);
  return { token: token as string, expiresAt: Math.min(expiresAt, Date.now() + MAX_LIFETIME) };
}

/**
 * When a token expires: by the response or by the token itself, whichever is earlier. If both say so, only the duration
 * is taken from the token, because its `exp` is on another machine's clock.
 *
 * @param granted seconds, from the response
 * @param elapsed milliseconds since the token was requested: part of its lifetime may be over
 */
function expiryOf(token: string, granted: number, elapsed: number): number {
  const { exp = Infinity, iat = Infinity } = claimsOf(token);
  const now = Date.now();
  if (!(granted > 0) || granted === Infinity) return exp === Infinity ? now + UNKNOWN_LIFETIME * 1000 : exp * 1000;
  const claimed = exp > iat ? exp - iat : exp - now / 1000;
  // If the token has already expired, but its issuer grants it time, the two clocks disagree.
  const lifetime = claimed > 0 ? Math.min(granted, claimed) : granted;
  return now + (lifetime - Math.min(ROUNDING, lifetime * MAX_ROUNDING)) * 1000 - elapsed;
}

/** What a JWT says about its lifetime. A token need not be a JWT, and the claims may have any type. */
function claimsOf(token: string): { readonly exp?: number; readonly iat?: number } {
  const { exp, iat } = jwtClaims(token);
  return { ...(typeof exp === 'number' && { exp }), ...(typeof iat === 'number' && { iat }) };
}
