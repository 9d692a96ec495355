import { createPublicKey, type KeyObject } from 'node:crypto';
import { checkURL } from '../../checks/values';
import { whileServed } from '../../context/while-served';
import { createException } from '../../errors/create';
import { toError } from '../../util/is-error';
import type { IssuerConnection } from '../issuer/issuer-connection';
import { fetchKeySet } from './fetch-key-set';
import { InvalidToken } from './invalid-token';
import { algorithmsOf, type JwtAlgorithm } from './jwt-keys';

/** The public keys of an issuer. @see RFC 7517, section 5 */
export interface JsonWebKeySet {
  /** Public keys, as JSON Web Keys. */
  // Not Node's own type: its place differs between versions of `@types/node`.
  readonly keys: readonly object[];
}

/**
 * Whether a token is signed with the key that the algorithm and the key id in its header name.
 *
 * @throws InvalidToken if there is no such key; RequestException if the key set could not be fetched in time
 */
export type KeySet = (
  algorithm: JwtAlgorithm,
  keyId: string | undefined,
  isSignedBy: (key: KeyObject) => boolean,
) => Promise<boolean>;

/** Milliseconds between two fetches; shorter until one has succeeded, so that calls soon notice an issuer that recovers. */
const PAUSE = 30_000;
const FIRST_PAUSE = 1000;
/** Milliseconds after which a set is renewed while the old one is used, and after which calls wait for the new one. */
const RENEW_AFTER = 300_000;
const MAX_AGE = 600_000;

const KEY_TYPES: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP']);

interface PublicKey {
  readonly id: string | undefined;
  readonly algorithms: readonly JwtAlgorithm[];
  readonly key: KeyObject;
}

/**
 * The keys of an issuer, from a set or from the URL of one, which is fetched when needed.
 *
 * @throws TypeError if `jwks` is neither, or no key of the set is for signatures
 */
export function keySet(name: string, jwks: unknown, connection: IssuerConnection): KeySet {
  if (typeof jwks === 'string') {
    checkURL(name, jwks);
    return new RemoteKeys(jwks, connection).find;
  }
  const keys = readKeys(jwks);
  if (keys.length === 0) {
    throw new TypeError(
      `Option \`${name}\` must be a URL, or a key set that holds a public RSA, EC or Ed25519 key for signatures`,
    );
  }
  return async (algorithm, keyId, isSignedBy) => {
    const candidates = choose(keys, algorithm, keyId);
    return candidates.length > 0 ? Promise.resolve(candidates.some(isSignedBy)) : Promise.reject(unknownKey());
  };
}

class RemoteKeys {
  #keys: readonly PublicKey[] | undefined;
  #failure: Error | undefined;
  #pending: Promise<void> | undefined;
  /** Both are on the monotonic clock. */
  #fetchedAt = -Infinity;
  #mayFetchAt = -Infinity;

  constructor(
    private readonly url: string,
    private readonly connection: IssuerConnection,
  ) {}

  readonly find: KeySet = async (algorithm, keyId, isSignedBy) => {
    const age = performance.now() - this.#fetchedAt;
    // A withdrawn key must not stay valid forever.
    if (age > MAX_AGE) await this.#refresh();
    else if (age > RENEW_AFTER) void this.#start();
    const before = this.#keys;
    if (this.#choose(algorithm, keyId).some(isSignedBy)) return true;
    // The issuer may have a new key, under a new id or under the same.
    await this.#refresh();
    const candidates = this.#choose(algorithm, keyId);
    if (candidates.length > 0) return this.#keys !== before && candidates.some(isSignedBy);
    throw this.#keys ? unknownKey() : noKeys(this.#failure);
  };

  #choose(algorithm: JwtAlgorithm, keyId: string | undefined): readonly KeyObject[] {
    return choose(this.#keys ?? [], algorithm, keyId);
  }

  async #refresh(): Promise<void> {
    await whileServed(this.#start(), 'the key set');
  }

  /** Fetches the set, unless it was fetched a moment ago. If that fails, the old set stays in use. */
  async #start(): Promise<void> {
    if (!this.#pending && performance.now() < this.#mayFetchAt) return;
    await (this.#pending ??= this.#fetch());
  }

  /** Never rejects. */
  async #fetch(): Promise<void> {
    try {
      const keys = readKeys(await fetchKeySet(this.url, !this.#keys, this.connection));
      // The response of a replica that has not loaded its keys yet.
      if (keys.length === 0) throw new Error('the key set holds no public key for signatures');
      this.#keys = keys;
      this.#fetchedAt = performance.now();
    } catch (thrown) {
      this.#failure = toError(thrown);
    }
    this.#mayFetchAt = performance.now() + (this.#keys ? PAUSE : FIRST_PAUSE);
    this.#pending = undefined;
  }
}

/** Keys of unknown types are ignored (RFC 7517, section 5). */
function readKeys(set: unknown): readonly PublicKey[] {
  const { keys } = (set ?? {}) as { readonly keys?: unknown };
  return (Array.isArray(keys) ? (keys as unknown[]) : []).flatMap((jwk) => readKey(jwk) ?? []);
}

function readKey(jwk: unknown): PublicKey | undefined {
  const { kty, kid, use, alg, key_ops: operations } = (jwk ?? {}) as Readonly<Record<string, unknown>>;
  if (!KEY_TYPES.has(kty) || (use !== undefined && use !== 'sig')) return undefined;
  if (Array.isArray(operations) && !operations.includes('verify')) return undefined;
  try {
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    const algorithms = algorithmsOf(key).filter((name) => alg === undefined || name === alg);
    return algorithms.length === 0 ? undefined : { id: typeof kid === 'string' ? kid : undefined, algorithms, key };
  } catch {
    return undefined;
  }
}

/** Without a key id, the key must be the only candidate. With one, there may be several: some issuers use an id twice. */
function choose(keys: readonly PublicKey[], algorithm: JwtAlgorithm, keyId: string | undefined): readonly KeyObject[] {
  const candidates = keys.filter(({ algorithms }) => algorithms.includes(algorithm));
  if (keyId === undefined) return candidates.length === 1 ? candidates.map(({ key }) => key) : [];
  return candidates.filter(({ id }) => id === keyId).map(({ key }) => key);
}

/** Wraps the failure: a 404 from the issuer must not pass for the response to a call that the service made. */
function noKeys(cause: Error | undefined): Error {
  const detail = `the signing keys could not be fetched: ${cause?.message ?? 'no fetch has finished yet'}`;
  return createException('KEYS_UNAVAILABLE', { cause, sent: 'no', detail });
}

function unknownKey(): InvalidToken {
  return new InvalidToken('unknown-key', 'the token is signed with a key that the issuer does not publish');
}
