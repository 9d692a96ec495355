import { createSecretKey, type KeyObject } from 'node:crypto';
import { decode, verify } from 'jsonwebtoken';
import { isSignedBy, signClaims } from '../../../src/tokens/jwt/signature';
import type { JwtAlgorithm } from '../../../src/tokens/jwt/jwt-keys';
import { keyPair } from '../../support/key-pair';

const secret = createSecretKey(Buffer.alloc(64, 1));
const rsa = keyPair('rsa', { modulusLength: 2048 });
const ec = keyPair('ec', { namedCurve: 'P-384' });
const ed = keyPair('ed25519');
const CLAIMS = { iss: 'me', iat: 1_800_000_000, exp: 1_800_000_300 };

const keys: [JwtAlgorithm, KeyObject, KeyObject][] = [
  ['HS512', secret, secret],
  ['RS256', rsa.privateKey, rsa.publicKey],
  ['PS384', rsa.privateKey, rsa.publicKey],
  ['ES384', ec.privateKey, ec.publicKey],
  ['EdDSA', ed.privateKey, ed.publicKey],
  ['Ed25519', ed.privateKey, ed.publicKey],
];

test.each(keys)('%s: the claims are signed as they are, and nothing can be changed', (algorithm, sign, check) => {
  const token = signClaims(CLAIMS, sign, algorithm, 'k1');
  const { header, payload } = decode(token, { complete: true }) ?? {};

  expect(header).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k1' });
  expect(payload).toEqual(CLAIMS);
  expect(isSignedBy(token, check, algorithm)).toBe(true);
  const [first = '', second = '', third = ''] = token.split('.');
  const turned = (text: string): string => (text.startsWith('e') ? 'f' : 'e') + text.slice(1);
  for (const wrong of [`${first}.${turned(second)}.${third}`, `${first}.${second}.${turned(third)}`]) {
    expect(isSignedBy(wrong, check, algorithm)).toBe(false);
  }
});

test.each(keys)('%s: a key id that is not ASCII is written in UTF-8', (algorithm, sign, check) => {
  const token = signClaims(CLAIMS, sign, algorithm, 'schlüssel-€');
  const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();

  expect(JSON.parse(header)).toMatchObject({ alg: algorithm, kid: 'schlüssel-€' });
  expect(isSignedBy(token, check, algorithm)).toBe(true);
});

test('without a key id there is none in the header', () => {
  for (const [algorithm, sign] of keys) {
    expect(decode(signClaims(CLAIMS, sign, algorithm, undefined), { complete: true })?.header).not.toHaveProperty(
      'kid',
    );
  }
});

test('times are not part of the signature check', () => {
  const token = signClaims({ exp: 1, nbf: 9e9 }, rsa.privateKey, 'RS256', undefined);

  expect(isSignedBy(token, rsa.publicKey, 'RS256')).toBe(true);
  expect(() => verify(token, rsa.publicKey)).toThrow();
});

test('a token is not signed by another key or with another algorithm', () => {
  const token = signClaims(CLAIMS, rsa.privateKey, 'RS256', undefined);
  const other = keyPair('ed25519');

  expect(isSignedBy(token, rsa.publicKey, 'PS256')).toBe(false);
  expect(isSignedBy(signClaims(CLAIMS, ed.privateKey, 'EdDSA', undefined), other.publicKey, 'EdDSA')).toBe(false);
});
