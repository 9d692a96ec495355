import { createSecretKey, type KeyObject } from 'node:crypto';
import {
  algorithmsOf,
  ASYMMETRIC,
  readPrivateKey,
  readPublicKey,
  readSecretKey,
} from '../../../src/tokens/jwt/jwt-keys';
import { keyPair } from '../../support/key-pair';

const rsa = keyPair('rsa', { modulusLength: 2048 });
const short = keyPair('rsa', { modulusLength: 1024 });
const ec = keyPair('ec', { namedCurve: 'P-384' });
const ed = keyPair('ed25519');
const odd = keyPair('ec', { namedCurve: 'secp256k1' });

function secret(bytes: number): KeyObject {
  return createSecretKey(Buffer.alloc(bytes, 1));
}

function pem(key: KeyObject): string {
  return key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
}

test.each<[string, KeyObject, readonly string[]]>([
  ['a secret of 31 bytes', secret(31), []],
  ['a secret of 32 bytes', secret(32), ['HS256']],
  ['a secret of 64 bytes', secret(64), ['HS256', 'HS384', 'HS512']],
  ['RSA', rsa.publicKey, ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
  ['RSA of 1024 bits', short.publicKey, []],
  ['P-384', ec.privateKey, ['ES384']],
  ['another curve', odd.publicKey, []],
  ['Ed25519', ed.publicKey, ['EdDSA', 'Ed25519']],
  ['Ed448', keyPair('ed448').privateKey, ['EdDSA', 'Ed448']],
  ['X25519, which does not sign', keyPair('x25519').publicKey, []],
])('%s is for the algorithms of RFC 7518 and RFC 8037', (_, key, algorithms) => {
  expect(algorithmsOf(key)).toEqual(algorithms);
});

test('no algorithm of a secret counts among those of key pairs', () => {
  expect(ASYMMETRIC.filter((name) => name.startsWith('HS'))).toEqual([]);
});

test.each([rsa, ec])(
  'a key of a pair is read from PEM, bytes and a key object: case %#',
  ({ privateKey, publicKey }) => {
    for (const value of [privateKey, pem(privateKey), Buffer.from(pem(privateKey))]) {
      expect(readPrivateKey('privateKey', value).equals(privateKey)).toBe(true);
    }
    expect(readPublicKey('publicKey', pem(publicKey)).equals(publicKey)).toBe(true);
  },
);

test.each<[string, (name: string, value: unknown) => KeyObject, unknown, RegExp]>([
  [
    'a public key where a private one is wanted',
    readPrivateKey,
    rsa.publicKey,
    /must be a private key, got a public one/,
  ],
  ['a text that is no key', readPrivateKey, 's3cret', /must be a private key in PEM or a KeyObject, got a string/],
  ['a number', readPublicKey, 7, /got a number$/],
  ['a key that is too short', readPublicKey, short.publicKey, /at least 2048 bits, .*got rsa 1024$/],
  ['a key of another curve', readPublicKey, pem(odd.publicKey), /got ec secp256k1$/],
  ['a secret that is too short', readSecretKey, 's3cret', /at least 32 bytes .*got 6$/],
  ['a PEM for a secret', readSecretKey, pem(rsa.publicKey), /must be a secret, got a key in PEM/],
  ['a key pair for a secret', readSecretKey, rsa.privateKey, /must be a secret, got a private key/],
  ['nothing for a secret', readSecretKey, undefined, /got undefined$/],
])('%s is refused by name, and not shown', (_, read, value, words) => {
  const attempt = (): KeyObject => read('key', value);

  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(words);
  expect(attempt).not.toThrow(/s3cret|BEGIN/);
});
