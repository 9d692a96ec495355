import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

type KeyType = 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'x25519';

/** As `generateKeyPairSync`, but through PEM: Node 20 may hang for ever when it exports a key object that that has made. */
export function keyPair(
  type: KeyType,
  options: { readonly modulusLength?: number; readonly namedCurve?: string } = {},
): KeyPair {
  const pair = generateKeyPairSync(type as 'ec', {
    ...(options as { namedCurve: string }),
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { privateKey: createPrivateKey(pair.privateKey), publicKey: createPublicKey(pair.publicKey) };
}
