import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { kindOfSecret } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';

/** The first byte of a sealed text, so that a later format can be told from this one. */
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
/** Bytes. @see NIST SP 800-38D, section 8.2.2 */
const NONCE = 12;
const TAG = 16;
const KEY = 32;

/** A key of 32 bytes: bytes, or a string in base64 or hex. */
export type EncryptionKey = Uint8Array | string;

/** Encrypts texts and protects them from changes. */
export interface Seal {
  /** @param name under which the text is stored; it cannot be opened under another */
  readonly seal: (text: string, name: string) => string;
  /** The text; `undefined` if it was not sealed under that name with one of the keys. */
  readonly open: (sealed: string, name: string) => string | undefined;
}

/**
 * Seals with `key`, and opens with all keys. A sealed text is version, nonce, ciphertext and tag, in base64.
 *
 * @see NIST SP 800-38D
 */
export function sealWith(key: KeyObject, olderKeys: readonly KeyObject[] = []): Seal {
  return {
    seal(text, name) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(contextOf(name));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]).toString('base64');
    },
    open(sealed, name) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) return undefined;
      for (const one of [key, ...olderKeys]) {
        const text = decrypt(bytes, one, name);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

/**
 * Reads a key from an option.
 *
 * @throws TypeError if `key` is not a key of 32 bytes
 */
export function parseKey(option: string, key: unknown): KeyObject {
  const bytes = key instanceof Uint8Array ? key : typeof key === 'string' ? decode(key) : undefined;
  if (bytes?.length === KEY) return createSecretKey(bytes);
  // The value is not echoed.
  const got = bytes
    ? `${bytes.length} bytes`
    : typeof key === 'string'
      ? 'a string that is neither'
      : kindOfSecret(key);
  throw wrongOption(option, `be ${KEY} bytes, as a Buffer or as a base64 or hex string`, got);
}

/**
 * The same for a list of keys.
 *
 * @throws TypeError if `keys` is not a list, or one of them is not a key of 32 bytes
 */
export function parseKeys(option: string, keys: unknown): readonly KeyObject[] {
  if (!Array.isArray(keys)) throw wrongOption(option, 'be a list of keys', kindOfSecret(keys));
  return keys.map((key, index) => parseKey(`${option}[${index}]`, key));
}

function decode(text: string): Uint8Array | undefined {
  if (/^(?:[\da-f]{2})+$/i.test(text) && text.length >= 2 * KEY) return Buffer.from(text, 'hex');
  return /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function decrypt(bytes: Buffer, key: KeyObject, name: string): string | undefined {
  const nonce = bytes.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG });
  decipher.setAAD(contextOf(name)).setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE, -TAG)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Authenticated, but not encrypted. */
function contextOf(name: string): Buffer {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(name, 'utf8')]);
}
