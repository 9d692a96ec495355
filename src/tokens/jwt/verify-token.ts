import type { KeyObject } from 'node:crypto';
import { checkOneGiven } from '../../checks/wrong-option';
import { checkNames, checkOptions } from '../../checks/names';
import { verifyTokenCounterpart } from '../../checks/other-token-options';
import { readTexts } from '../../checks/text';
import { checkDuration, checkOneOf } from '../../checks/values';
import { ISSUER_CONNECTION_OPTIONS, issuerConnection, type IssuerConnectionOptions } from '../issuer/issuer-connection';
import { jsonObject } from '../issuer/json-object';
import { checkClaims, type TokenClaims } from './check-claims';
import { InvalidToken } from './invalid-token';
import { keySet, type JsonWebKeySet, type KeySet } from './jwks';
import { algorithmsOf, ASYMMETRIC, readPublicKey, readSecretKey, type JwtAlgorithm, type JwtKey } from './jwt-keys';
import { isSignedBy } from './signature';
import { ownOptions } from '../../util/own-options';

export type { TokenClaims } from './check-claims';

/** How tokens are verified. The connection options need a `jwks` URL. */
export interface VerifyTokenOptions extends IssuerConnectionOptions {
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
  /** Algorithms that are accepted. @default those that the keys support: HS* for a secret, RS*, PS*, ES* and EdDSA for others */
  readonly algorithms?: readonly JwtAlgorithm[] | undefined;
  /**
   * Accepted types: `typ` in the header, such as `at+jwt`, so that an ID token of the same issuer is not taken for an access
   * token. @default any @see RFC 9068, section 4
   */
  readonly tokenType?: string | readonly string[] | undefined;
  /** Seconds by which the issuer's clock may differ, up to 300. @default 5 */
  readonly clockTolerance?: number | undefined;
}

const NAMES = [
  'secret',
  'publicKey',
  'jwks',
  'issuer',
  'audience',
  'algorithms',
  'tokenType',
  'clockTolerance',
  ...ISSUER_CONNECTION_OPTIONS,
];

/**
 * Returns a function that verifies the tokens of a service's callers: signature, issuer, audience and times. That function
 * rejects with an InvalidToken, or with a RequestException if the key set could not be fetched.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 7519, section 7.2; RFC 8725
 */
export function verifyToken(given: VerifyTokenOptions): (token: string | undefined) => Promise<TokenClaims> {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of verifyToken', options, new Set(NAMES), verifyTokenCounterpart);
  const { issuer, audience, tokenType, clockTolerance = 5 } = options;
  const issuers = readTexts('verifyToken.issuer', issuer);
  const audiences = readTexts('verifyToken.audience', audience);
  checkDuration('verifyToken.clockTolerance', clockTolerance, 0, 300);
  const { keys, supported } = readKeys(options);
  const allowed = readTexts('verifyToken.algorithms', options.algorithms ?? supported);
  for (const algorithm of allowed) checkOneOf('verifyToken.algorithms', algorithm, supported);
  const types = tokenType === undefined ? undefined : readTexts('verifyToken.tokenType', tokenType).map(toType);
  const expected = { issuers, audiences, clockTolerance };
  return async (token) => {
    const text = readText(token);
    const { algorithm, keyId, type, claims } = readUnverified(text, allowed);
    if (types && !types.includes(type))
      throw new InvalidToken('type', `the token is not of type ${types.join(' or ')}`);
    const isSigned = (key: KeyObject): boolean => isSignedBy(text, key, algorithm);
    if (!(await keys(algorithm, keyId, isSigned)))
      throw new InvalidToken('signature', 'the token has a wrong signature');
    return checkClaims(claims, expected, Date.now());
  };
}

/** The keys, and every algorithm that they may support: never those of secrets and those of key pairs together. */
function readKeys(options: VerifyTokenOptions): {
  readonly keys: KeySet;
  readonly supported: readonly JwtAlgorithm[];
} {
  const { secret, publicKey, jwks } = options;
  const connection = issuerConnection('verifyToken', options);
  const unused = typeof jwks !== 'string' && ISSUER_CONNECTION_OPTIONS.find((name) => options[name] !== undefined);
  if (unused)
    throw new TypeError(`Option \`verifyToken.${unused}\` has no effect without the URL of a key set as \`jwks\``);
  checkOneGiven('verifyToken', { secret, publicKey, jwks });
  if (jwks !== undefined) return { keys: keySet('verifyToken.jwks', jwks, connection), supported: ASYMMETRIC };
  const key: KeyObject =
    secret === undefined
      ? readPublicKey('verifyToken.publicKey', publicKey)
      : readSecretKey('verifyToken.secret', secret);
  return { keys: async (_, __, isSigned) => Promise.resolve(isSigned(key)), supported: algorithmsOf(key) };
}

function readText(token: unknown): string {
  if (token === undefined || token === null || token === '') throw new InvalidToken('missing', 'the token is missing');
  if (typeof token !== 'string') throw malformed();
  return token;
}

interface Unverified {
  readonly algorithm: JwtAlgorithm;
  readonly keyId: string | undefined;
  /** `none` if the header has none, and empty if it is not a text, which no type is. */
  readonly type: string;
  readonly claims: JsonObject;
}

/** What a token says before its signature is verified; only an allowed algorithm is accepted. */
function readUnverified(token: string, allowed: readonly JwtAlgorithm[]): Unverified {
  const { header, claims } = decoded(token);
  const { alg, kid, crit, typ = 'none' } = header;
  const algorithm = allowed.find((name) => name === alg);
  if (algorithm === undefined) {
    throw new InvalidToken('algorithm', `the token is not signed with ${allowed.join(' or ')}`);
  }
  // RFC 7515, section 4.1.11: a critical extension that is not understood makes the token invalid.
  if (crit !== undefined)
    throw new InvalidToken('malformed', 'the token requires an extension that is not supported (crit)');
  if (kid !== undefined && typeof kid !== 'string') throw malformed();
  return { algorithm, keyId: kid, type: typeof typ === 'string' ? toType(typ) : '', claims };
}

/** A media type, whose `application/` may be left out. @see RFC 7515, section 4.1.9 */
function toType(type: string): string {
  return type.toLowerCase().replace(/^application\//, '');
}

type JsonObject = Readonly<Record<string, unknown>>;

const COMPACT = /^([\w-]+)\.([\w-]+)\.[\w-]*$/;

// jsonwebtoken reads the header as Latin-1, and so another key id than the issuer wrote (RFC 7515, section 2: UTF-8).
function decoded(token: string): { readonly header: JsonObject; readonly claims: JsonObject } {
  const [, header, claims] = COMPACT.exec(token) ?? [];
  return { header: jsonOf(header), claims: jsonOf(claims) };
}

function jsonOf(part = ''): JsonObject {
  // An error of JSON.parse quotes the token.
  const value = jsonObject(Buffer.from(part, 'base64url').toString());
  if (!value) throw malformed();
  return value;
}

function malformed(): InvalidToken {
  return new InvalidToken('malformed', 'the token is not a JWT');
}
