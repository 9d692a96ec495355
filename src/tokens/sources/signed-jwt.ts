import { randomUUID, type KeyObject } from 'node:crypto';
import { isOptions, kindOf } from '../../checks/kind-of';
import { checkOneGiven, wrongOption } from '../../checks/wrong-option';
import { checkNames, checkOptions } from '../../checks/names';
import { signedJwtCounterpart } from '../../checks/other-token-options';
import { checkInteger } from '../../checks/values';
import { checkReturned, checkText } from '../../checks/text';
import { chooseAlgorithm, readPrivateKey, readSecretKey, type JwtAlgorithm, type JwtKey } from '../jwt/jwt-keys';
import { SignedTokens, type SignFor } from '../jwt/signed-tokens';
import { signClaims } from '../jwt/signature';
import type { TokenSource } from './token-source';
import { ownOptions } from '../../util/own-options';

/** Options of {@link signedJwt}. */
export interface SignedJwtOptions {
  /** Shared secret of at least 32 bytes. Either `secret` or `privateKey` is required. */
  readonly secret?: JwtKey | undefined;
  /** RSA of at least 2048 bits, EC (P-256, P-384, P-521), Ed25519 or Ed448; in PEM without a passphrase, or a KeyObject. */
  readonly privateKey?: JwtKey | undefined;
  /** Algorithm of the signature. @default by the key: HS256, RS256, EdDSA, or ES256, ES384, ES512 by its curve */
  readonly algorithm?: JwtAlgorithm | undefined;
  /** The service that signs: `iss`. */
  readonly issuer: string;
  /** Subject: `sub`. @default `issuer` */
  readonly subject?: string | undefined;
  /**
   * Audience: `aud`. Best is the name that the called service has for itself, which is often
   * `({ hostname }) => hostname`.
   *
   * @default the origin of the request's URL
   */
  readonly audience?: string | ((url: Readonly<URL>) => string) | undefined;
  /** Seconds from `iat` to `exp`, from 5 to 86400; `iat` is 5 s ago, for verifiers whose clock is behind. @default 300 */
  readonly expiresIn?: number | undefined;
  /** Additional claims, the same in every token. @default none */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Key id: `kid`. @default none is sent */
  readonly keyId?: string | undefined;
}

const NAMES = ['secret', 'privateKey', 'algorithm', 'issuer', 'subject', 'audience', 'expiresIn', 'claims', 'keyId'];
/** Claims that other options set, or that are made for each token. */
const RESERVED = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti'];

/**
 * Signs the service's own short-lived tokens, one per audience, and renews them before they expire. Calls never wait for a
 * token, and no issuer is needed. If an `audience` function returns a wrong value, calls reject with a TokenError.
 *
 * @throws TypeError or RangeError if an option is missing or wrong
 * @see RFC 7519; RFC 7518
 */
export function signedJwt(given: SignedJwtOptions): TokenSource {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of signedJwt', options, new Set(NAMES), signedJwtCounterpart);
  const { secret, privateKey, issuer, subject = issuer, audience = originOf, expiresIn = 300, keyId } = options;
  const key = readKey(secret, privateKey);
  const algorithm = chooseAlgorithm('signedJwt.algorithm', options.algorithm, key);
  checkText('signedJwt.issuer', issuer);
  checkText('signedJwt.subject', subject);
  if (typeof audience !== 'function') checkText('signedJwt.audience', audience);
  checkInteger('signedJwt.expiresIn', expiresIn, 5, 86_400, 'a whole number of seconds');
  if (keyId !== undefined) checkText('signedJwt.keyId', keyId);
  const claims = readClaims(options.claims);
  const signFor: SignFor = (aud, times) => {
    const own = { ...times, iss: issuer, sub: subject, aud, jti: randomUUID() };
    return signClaims({ ...claims, ...own }, key, algorithm, keyId);
  };
  const tokens = new SignedTokens(signFor, expiresIn);
  return {
    getToken: (request) => tokens.get(request.audience ?? audienceOf(audience, request.url)),
    invalidate: (token) => {
      tokens.forget(token);
    },
  };
}

function originOf({ origin }: Readonly<URL>): string {
  return origin;
}

function audienceOf(audience: string | ((url: Readonly<URL>) => string), url: string): string {
  if (typeof audience === 'string') return audience;
  const result: unknown = audience(new URL(url));
  checkReturned('signedJwt.audience', result);
  return result;
}

function readKey(secret: unknown, privateKey: unknown): KeyObject {
  checkOneGiven('signedJwt', { secret, privateKey });
  return secret === undefined
    ? readPrivateKey('signedJwt.privateKey', privateKey)
    : readSecretKey('signedJwt.secret', secret);
}

/** A JSON copy: otherwise a later change, or a value such as a date, would only show when the first token is signed. */
function readClaims(claims: unknown): object {
  if (claims === undefined) return {};
  if (!isOptions(claims)) throw wrongOption('signedJwt.claims', 'be an object of claims by name', kindOf(claims));
  const reserved = RESERVED.find((name) => name in claims);
  if (reserved !== undefined) {
    const advice = 'use `issuer`, `subject`, `audience` and `expiresIn`; the other claims are made for each token';
    throw new TypeError(`Option \`signedJwt.claims\` must not contain \`${reserved}\`: ${advice}`);
  }
  try {
    return JSON.parse(JSON.stringify(claims)) as object;
  } catch {
    throw new TypeError('Option `signedJwt.claims` must be serialisable as JSON');
  }
}
