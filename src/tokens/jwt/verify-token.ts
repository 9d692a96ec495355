import type { KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { decode, verify, type JwtPayload } from 'jsonwebtoken';
import { checkNames, checkOptions } from '../../checks/names';
import { checkNumber, checkOneOf } from '../../checks/values';
import { InvalidToken } from './invalid-token';
import { keySet, type JsonWebKeySet, type KeySet } from './jwks';
import { algorithmsOf, ASYMMETRIC, readPublicKey, readSecret, type JwtAlgorithm, type JwtKey } from './jwt-keys';
import { ownOptions } from '../../util/own-options';

export interface VerifyTokenOptions {
  /** Shared secret of at least 32 bytes. One of `secret`, `publicKey` and `jwks` is required. */
  readonly secret?: JwtKey | undefined;
  /** PEM, also as a certificate, or a KeyObject. */
  readonly publicKey?: JwtKey | undefined;
  /** URL of the issuer's key set, or the set itself. */
  readonly jwks?: string | JsonWebKeySet | undefined;
  /** Accepted issuers: `iss`. */
  readonly issuer: string | readonly string[];
  /** Names of this service; `aud` must contain one of them. */
  readonly audience: string | readonly string[];
  /** @default those that the keys support: HS* for a secret, RS*, PS* and ES* for others */
  readonly algorithms?: readonly JwtAlgorithm[] | undefined;
  /** Seconds by which the issuer's clock may differ, up to 300. @default 5 */
  readonly clockTolerance?: number | undefined;
}

/** The claims of a verified token. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly sub?: string;
  readonly [name: string]: unknown;
}

const NAMES = ['secret', 'publicKey', 'jwks', 'issuer', 'audience', 'algorithms', 'clockTolerance'];

/**
 * Makes the function with which a service verifies its callers' tokens: signature, issuer, audience and times. That
 * function rejects with an InvalidToken, or with a RequestException if the key set could not be fetched.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 7519, section 7.2; RFC 8725
 */
export function verifyToken(given: VerifyTokenOptions): (token: string | undefined) => Promise<TokenClaims> {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of verifyToken', options, new Set(NAMES), false);
  const { issuer, audience, clockTolerance = 5 } = options;
  const issuers = listOf('verifyToken.issuer', issuer);
  const audiences = listOf('verifyToken.audience', audience);
  checkNumber('verifyToken.clockTolerance', clockTolerance, 0, 300);
  const { keys, supported } = readKeys(options);
  const allowed = listOf('verifyToken.algorithms', options.algorithms ?? supported);
  for (const algorithm of allowed) checkOneOf('verifyToken.algorithms', algorithm, supported);
  const expected = { issuer: issuers, audience: audiences, clockTolerance };
  return async (token) => {
    const text = readText(token);
    const { algorithm, keyId } = readHeader(text, allowed);
    const key = await keys(algorithm, keyId);
    try {
      return checked(verify(text, key, { ...expected, algorithms: [algorithm] }) as JwtPayload);
    } catch (thrown) {
      throw explain(thrown, issuers, audiences);
    }
  };
}

/** The keys, and every algorithm that they may support: never those of secrets and those of key pairs together. */
function readKeys({ secret, publicKey, jwks }: VerifyTokenOptions): {
  readonly keys: KeySet;
  readonly supported: readonly JwtAlgorithm[];
} {
  if ([secret, publicKey, jwks].filter((one) => one !== undefined).length !== 1) {
    throw new TypeError('verifyToken takes exactly one of `secret`, `publicKey` and `jwks`');
  }
  if (jwks !== undefined) return { keys: keySet('verifyToken.jwks', jwks), supported: ASYMMETRIC };
  const key: KeyObject =
    secret === undefined ? readPublicKey('verifyToken.publicKey', publicKey) : readSecret('verifyToken.secret', secret);
  return { keys: async () => Promise.resolve(key), supported: algorithmsOf(key) };
}

function readText(token: unknown): string {
  if (token === undefined || token === null || token === '') throw new InvalidToken('missing', 'the token is missing');
  if (typeof token !== 'string') throw malformed();
  return token;
}

/** What an unverified token says about its signature; only an allowed algorithm is accepted. */
function readHeader(
  token: string,
  allowed: readonly JwtAlgorithm[],
): { readonly algorithm: JwtAlgorithm; readonly keyId: string | undefined } {
  const { alg, kid, crit } = headerOf(token);
  const algorithm = allowed.find((name) => name === alg);
  if (algorithm === undefined) {
    throw new InvalidToken('algorithm', `the token is not signed with ${allowed.join(' or ')}`);
  }
  // RFC 7515, section 4.1.11: a critical extension that is not understood makes the token invalid.
  if (crit !== undefined)
    throw new InvalidToken('malformed', 'the token requires an extension that is not supported (crit)');
  if (kid !== undefined && typeof kid !== 'string') throw malformed();
  return { algorithm, keyId: kid };
}

function headerOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const { header, payload } = decode(token, { complete: true }) ?? {};
    if (header && typeof payload === 'object') return { ...header };
  } catch {
    // The error quotes the token.
  }
  throw malformed();
}

/** What jsonwebtoken does not require. */
function checked(payload: JwtPayload): TokenClaims {
  const { exp, sub } = payload as Readonly<Record<string, unknown>>;
  if (exp === undefined) throw new InvalidToken('malformed', 'the token has no expiry (exp)');
  if (sub !== undefined && typeof sub !== 'string') throw malformed();
  return payload as TokenClaims;
}

/** The InvalidToken for an error of jsonwebtoken. */
function explain(thrown: unknown, issuers: readonly string[], audiences: readonly string[]): InvalidToken {
  if (thrown instanceof InvalidToken) return thrown;
  const { name, message, expiredAt, date } = thrown as Error & { readonly expiredAt?: Date; readonly date?: Date };
  if (name === 'TokenExpiredError') return new InvalidToken('expired', `the token expired at ${iso(expiredAt)}`);
  if (name === 'NotBeforeError') return new InvalidToken('not-active', `the token is not valid before ${iso(date)}`);
  if (message.startsWith('jwt audience')) {
    return new InvalidToken('audience', `the token is for another audience: expected ${audiences.join(' or ')}`);
  }
  if (message.startsWith('jwt issuer')) {
    return new InvalidToken('issuer', `the token is from another issuer: expected ${issuers.join(' or ')}`);
  }
  return message.includes('signature') ? new InvalidToken('signature', 'the token has a wrong signature') : malformed();
}

function iso(date: Date | undefined): string {
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : 'an unknown time';
}

function malformed(): InvalidToken {
  return new InvalidToken('malformed', 'the token is not a JWT');
}

function listOf<T extends string>(name: string, value: T | readonly T[]): [T, ...T[]] {
  const [first, ...others] = [value].flat() as T[];
  const isText = (one: unknown): boolean => typeof one === 'string' && one !== '';
  if (first !== undefined && [first, ...others].every(isText)) return [first, ...others];
  throw new TypeError(
    `Option \`${name}\` must be a non-empty string or a non-empty list of them, got ${inspect(value, { depth: 1 })}`,
  );
}
