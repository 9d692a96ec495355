import { decode } from 'jsonwebtoken';
import { createException } from '../../errors/create';
import { tokenComplaint } from '../../checks/token';
import type { FetchedToken } from '../cache/held-token';
import { jsonObject } from './json-object';
import type { IssuerResponse } from './token-client';

/** Seconds that a token is kept which does not say how long it lives. */
const UNKNOWN_LIFETIME = 60;
/**
 * Issuers count whole seconds, from the beginning of the one in which they issue a token: as much as that of its lifetime may
 * be over from the start. Of a token that lives for a few seconds, no more than a quarter is given up for it.
 */
const ROUNDING = 1;
const MAX_ROUNDING = 0.25;

/**
 * The token in the answer of a token endpoint.
 *
 * @throws TokenError if there is none that can be sent
 * @see RFC 6749, section 5.1
 */
export function readToken({ data, call, elapsed }: IssuerResponse): FetchedToken {
  const refuse = (detail: string): Error => createException('TOKEN_UNAVAILABLE', { call, detail, sent: 'no' });
  const body = jsonObject(data);
  if (!body) throw refuse('answered 200 with a body that is no JSON object');
  const { access_token: token, token_type: type, expires_in: lifetime } = body;
  const complaint = tokenComplaint(token);
  if (complaint !== undefined) throw refuse(`answered 200, but its access_token ${complaint}`);
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    throw refuse('answered 200 with a token_type other than Bearer');
  }
  return { token: token as string, expiresAt: expiryOf(token as string, Number(lifetime), elapsed) };
}

/**
 * When a token ends: as the service says or as the token itself does, whichever comes first. Where both speak, the token
 * tells only how long it lives: its `exp` is on the clock of another machine.
 *
 * @param granted seconds
 * @param elapsed milliseconds since the token was asked for: some of its lifetime may be over
 */
function expiryOf(token: string, granted: number, elapsed: number): number {
  const { exp = Infinity, iat = Infinity } = claimsOf(token);
  const now = Date.now();
  if (!(granted > 0) || granted === Infinity) return exp === Infinity ? now + UNKNOWN_LIFETIME * 1000 : exp * 1000;
  const claimed = exp > iat ? exp - iat : exp - now / 1000;
  // One that has ended already, while its issuer says that it lives, tells of two clocks that disagree.
  const lifetime = claimed > 0 ? Math.min(granted, claimed) : granted;
  return now + (lifetime - Math.min(ROUNDING, lifetime * MAX_ROUNDING)) * 1000 - elapsed;
}

/** What a JWT says of its lifetime; a token may be of any other kind, and a JWT may say anything. */
function claimsOf(token: string): { readonly exp?: number; readonly iat?: number } {
  try {
    const { exp, iat } = (decode(token, { json: true }) ?? {}) as Record<string, unknown>;
    return { ...(typeof exp === 'number' && { exp }), ...(typeof iat === 'number' && { iat }) };
  } catch {
    return {};
  }
}
