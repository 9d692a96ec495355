import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto';
import { jsonwebtoken } from '../../util/packages';
import type { JwtAlgorithm } from './jwt-keys';

/** Signs claims exactly as they are. */
export function signClaims(
  claims: Readonly<Record<string, unknown>>,
  key: KeyObject,
  algorithm: JwtAlgorithm,
  keyId: string | undefined,
): string {
  // jsonwebtoken has none of the others.
  if (!isEdwards(algorithm)) {
    // It writes the header in Latin-1, where JSON is UTF-8: each byte becomes a character of its own.
    const kid = keyId !== undefined && { kid: Buffer.from(keyId).toString('latin1') };
    return jsonwebtoken().sign(claims, key, { algorithm, header: { alg: algorithm, ...kid } });
  }
  const kid = keyId !== undefined && { kid: keyId };
  const input = [{ alg: algorithm, typ: 'JWT', ...kid }, claims].map(toBase64).join('.');
  return `${input}.${signBytes(null, Buffer.from(input), key).toString('base64url')}`;
}

/** Whether a well-formed token was signed with this algorithm and this key, or with its private half. */
export function isSignedBy(token: string, key: KeyObject, algorithm: JwtAlgorithm): boolean {
  if (isEdwards(algorithm)) {
    const end = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(end + 1), 'base64url');
    return verifyBytes(null, Buffer.from(token.slice(0, end)), key, signature);
  }
  try {
    jsonwebtoken().verify(token, key, { algorithms: [algorithm], ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

function isEdwards(algorithm: JwtAlgorithm): algorithm is 'EdDSA' | 'Ed25519' | 'Ed448' {
  return algorithm.startsWith('Ed');
}

function toBase64(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
