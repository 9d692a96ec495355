import { createPrivateKey, createPublicKey, createSecretKey, KeyObject } from 'node:crypto';
import { kindOfSecret, kindOfUnlike, valueOrKind } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';

const HMAC = ['HS256', 'HS384', 'HS512'] as const;
const RSA = ['RS256', 'RS384', 'RS512'] as const;
const PSS = ['PS256', 'PS384', 'PS512'] as const;
const EC = ['ES256', 'ES384', 'ES512'] as const;
const ED = ['EdDSA', 'Ed25519', 'Ed448'] as const;

/** How a token is signed. @see RFC 7518, section 3.1; RFC 8037, section 3.1; RFC 9864 */
export type JwtAlgorithm = (typeof HMAC | typeof RSA | typeof PSS | typeof EC | typeof ED)[number];

/** A secret, a key in PEM, or a `KeyObject` of `node:crypto`. */
export type JwtKey = string | Uint8Array | KeyObject;

const CURVES: Readonly<Record<string, JwtAlgorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
const MIN_MODULUS = 2048;

/** The algorithms for key pairs. */
export const ASYMMETRIC: readonly JwtAlgorithm[] = [...RSA, ...PSS, ...EC, ...ED];

/**
 * The algorithms that a key supports, the default first; none if the key is too short or of another kind.
 *
 * @see RFC 7518, sections 3.2 to 3.5; RFC 8037, section 3.1
 */
export function algorithmsOf(key: KeyObject): readonly JwtAlgorithm[] {
  const { symmetricKeySize = 0, asymmetricKeyType, asymmetricKeyDetails = {} } = key;
  // A secret must be at least as long as the hash.
  if (key.type === 'secret') return HMAC.filter((name) => symmetricKeySize * 8 >= Number(name.slice(2)));
  if (asymmetricKeyType === 'ec') {
    const algorithm = CURVES[asymmetricKeyDetails.namedCurve ?? ''];
    return algorithm ? [algorithm] : [];
  }
  // EdDSA is the name for both; RFC 9864 has one for each.
  if (asymmetricKeyType === 'ed25519') return ['EdDSA', 'Ed25519'];
  if (asymmetricKeyType === 'ed448') return ['EdDSA', 'Ed448'];
  const isLong = (asymmetricKeyDetails.modulusLength ?? 0) >= MIN_MODULUS;
  return isLong && asymmetricKeyType === 'rsa' ? [...RSA, ...PSS] : [];
}

/**
 * The algorithm to sign with: the requested one, or the key's default.
 *
 * @throws TypeError if the key does not support it
 */
export function chooseAlgorithm(name: string, requested: unknown, key: KeyObject): JwtAlgorithm {
  const supported = algorithmsOf(key);
  const found = supported.find((one) => requested === undefined || requested === one);
  if (found !== undefined) return found;
  const expectation = supported.map((one) => `'${one}'`).join(' or ');
  throw wrongOption(name, `be ${expectation} with this key`, valueOrKind(requested, 'word'));
}

/** @throws TypeError if `value` is not a secret, or is too short */
export function readSecretKey(name: string, value: unknown): KeyObject {
  const key = value instanceof KeyObject ? value : secretOf(name, value);
  if (key.type !== 'secret') throw wrongOption(name, 'be a secret', `a ${key.type} key`);
  if (algorithmsOf(key).length > 0) return key;
  const size = key.symmetricKeySize ?? 0;
  throw wrongOption(name, 'have at least 32 bytes (RFC 7518, section 3.2)', String(size));
}

/** @throws TypeError if `value` is not a private key, or no algorithm supports it */
export function readPrivateKey(name: string, value: unknown): KeyObject {
  return readKey(name, value, 'private', createPrivateKey);
}

/** @throws TypeError if `value` is not a public key, or no algorithm supports it */
export function readPublicKey(name: string, value: unknown): KeyObject {
  return readKey(name, value, 'public', createPublicKey);
}

/** The errors never quote the key. */
function readKey(name: string, value: unknown, type: string, read: (text: string | Buffer) => KeyObject): KeyObject {
  const key = value instanceof KeyObject ? value : parse(value, read);
  if (!key) throw wrongOption(name, `be a ${type} key in PEM or a KeyObject`, kindOfUnlike(value, kindOfSecret));
  if (key.type !== type) throw wrongOption(name, `be a ${type} key`, `a ${key.type} one`);
  if (algorithmsOf(key).length > 0) return key;
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  const got = `${key.asymmetricKeyType ?? 'another'} ${namedCurve ?? modulusLength ?? ''}`.trim();
  const expectation = 'an RSA key of at least 2048 bits, an EC key (P-256, P-384, P-521), Ed25519 or Ed448';
  throw wrongOption(name, `be ${expectation}`, got);
}

function parse(value: unknown, read: (text: string | Buffer) => KeyObject): KeyObject | undefined {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return undefined;
  try {
    return read(typeof value === 'string' ? value : Buffer.from(value));
  } catch {
    return undefined;
  }
}

function secretOf(name: string, value: unknown): KeyObject {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
    throw wrongOption(name, 'be a string, bytes or a KeyObject', kindOfSecret(value));
  }
  const bytes = Buffer.from(value);
  // If a public key were taken for a secret, everybody who has it could sign.
  if (bytes.includes('-----BEGIN ')) throw wrongOption(name, 'be a secret', 'a key in PEM');
  return createSecretKey(bytes);
}
