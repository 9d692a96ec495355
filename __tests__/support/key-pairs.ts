import { type JsonWebKey, type KeyObject } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { InvalidToken, type TokenClaims } from '../../src/index';
import { keyPair } from './key-pair';

/** What the tokens below are issued with. */
export const NAMES = { issuer: 'me', audience: 'user-service' };

export interface Pair {
  readonly privateKey: KeyObject;
  readonly jwk: JsonWebKey;
  readonly kid: string;
}

export function pair(kid: string, type: 'P-256' | 'rsa' = 'P-256'): Pair {
  const { privateKey, publicKey } =
    type === 'rsa' ? keyPair('rsa', { modulusLength: 2048 }) : keyPair('ec', { namedCurve: type });
  return { privateKey, kid, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
}

export function tokenOf({ privateKey }: Pair, kid?: string, algorithm: 'ES256' | 'RS256' = 'ES256'): string {
  const options = { algorithm, issuer: 'me', audience: 'user-service', expiresIn: 3600 * 24 };
  return sign({}, privateKey, { ...options, ...(kid !== undefined && { keyid: kid }) });
}

/** What is wrong with the token; or, where there are no keys, why. */
export async function reasonOf(refused: Promise<TokenClaims>): Promise<unknown> {
  return refused.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof InvalidToken) return error.reason;
      const { code, cause } = error as { readonly code: string; readonly cause: { readonly code: string } };
      return `${code}: ${cause.code}`;
    },
  );
}
