import { InvalidToken } from './invalid-token';

/** The claims of a verified token. */
export interface TokenClaims {
  /** The issuer. */
  readonly iss: string;
  /** The audience: the services that the token is meant for. */
  readonly aud: string | readonly string[];
  /** Seconds since the epoch. */
  readonly exp: number;
  /** The subject: a user or a service. */
  readonly sub?: string;
  /** Other claims of the issuer. */
  readonly [name: string]: unknown;
}

/** What a service accepts. */
interface ExpectedClaims {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  /** Seconds by which the issuer's clock may differ. */
  readonly clockTolerance: number;
}

/**
 * Checks times, audience and issuer of a token whose signature is right.
 *
 * @param now milliseconds since the epoch
 * @throws InvalidToken if one of them is wrong, or a claim that is required is missing
 * @see RFC 7519, section 4.1
 */
export function checkClaims(
  claims: Readonly<Record<string, unknown>>,
  { issuers, audiences, clockTolerance }: ExpectedClaims,
  now: number,
): TokenClaims {
  const { iss, aud, sub, exp, nbf } = claims;
  const seconds = Math.floor(now / 1000);
  if (!isTime(nbf)) throw new InvalidToken('malformed', 'the token has an nbf that is not a number');
  if (nbf !== undefined && nbf > seconds + clockTolerance) {
    throw new InvalidToken('not-active', `the token is not valid before ${iso(nbf)}`);
  }
  if (!isTime(exp)) throw new InvalidToken('malformed', 'the token has an exp that is not a number');
  if (exp === undefined) throw new InvalidToken('malformed', 'the token has no expiry (exp)');
  if (seconds >= exp + clockTolerance) throw new InvalidToken('expired', `the token expired at ${iso(exp)}`);
  if (![aud].flat().some((one) => includes(audiences, one))) {
    throw new InvalidToken('audience', `the token is for another audience: expected ${audiences.join(' or ')}`);
  }
  if (!includes(issuers, iss)) {
    throw new InvalidToken('issuer', `the token is from another issuer: expected ${issuers.join(' or ')}`);
  }
  if (sub !== undefined && typeof sub !== 'string') {
    throw new InvalidToken('malformed', 'the token has a sub that is not a string');
  }
  return claims as TokenClaims;
}

function isTime(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value));
}

function includes(list: readonly string[], value: unknown): boolean {
  return (list as readonly unknown[]).includes(value);
}

/** RFC 7519 sets no limit, `Date` does. */
function iso(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}
