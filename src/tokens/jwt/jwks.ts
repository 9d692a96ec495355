import { createPublicKey, type KeyObject } from 'node:crypto';
import { checkURL } from '../../checks/values';
import { whileServed } from '../../context/while-served';
import { createException } from '../../errors/create';
import { toError } from '../../util/is-error';
import { fetchKeySet } from './fetch-key-set';
import { InvalidToken } from './invalid-token';
import { algorithmsOf, type JwtAlgorithm } from './jwt-keys';

/** @see RFC 7517, section 5 */
export interface JsonWebKeySet {
  // Not by the name of Node's own type, which one version of its declarations has here and the next one there.
  readonly keys: readonly object[];
}

/** The key for a token that says that it is signed so, with the key of that name. */
export type KeySet = (algorithm: JwtAlgorithm, keyId: string | undefined) => Promise<KeyObject>;

/** Milliseconds between two fetches; and after a first one that failed, so that calls do not wait long for an issuer that is back. */
const PAUSE = 30_000;
const FIRST_PAUSE = 1000;
/** Milliseconds after which a set is fetched anew while the old one serves, and after which that is waited for. */
const RENEW_AFTER = 300_000;
const MAX_AGE = 600_000;

interface PublicKey {
  readonly id: string | undefined;
  readonly algorithms: readonly JwtAlgorithm[];
  readonly key: KeyObject;
}

/**
 * The keys of an issuer: a set, or the URL of one, which is fetched when it is needed.
 *
 * @throws TypeError if it is neither, or no key of the set is for signatures
 */
export function keySet(name: string, jwks: unknown): KeySet {
  if (typeof jwks === 'string') {
    checkURL(name, jwks);
    return new RemoteKeys(jwks).find;
  }
  const keys = readKeys(jwks);
  if (keys.length === 0) {
    throw new TypeError(
      `Option \`${name}\` must be a URL, or a key set that holds a public RSA or EC key for signatures`,
    );
  }
  return async (algorithm, keyId) => {
    const key = choose(keys, algorithm, keyId);
    return key ?? Promise.reject(unknownKey());
  };
}

class RemoteKeys {
  #keys: readonly PublicKey[] | undefined;
  #failure: Error | undefined;
  #pending: Promise<void> | undefined;
  /** Both on the monotonic clock. */
  #fetchedAt = -Infinity;
  #mayFetchAt = -Infinity;

  constructor(private readonly url: string) {}

  readonly find: KeySet = async (algorithm, keyId) => {
    const age = performance.now() - this.#fetchedAt;
    // A key that was withdrawn is not to be good for ever.
    if (age > MAX_AGE) await this.#refresh();
    else if (age > RENEW_AFTER) void this.#start();
    let key = this.#choose(algorithm, keyId);
    if (!key) {
      await this.#refresh();
      key = this.#choose(algorithm, keyId);
    }
    if (key) return key;
    throw this.#keys ? unknownKey() : noKeys(this.#failure);
  };

  #choose(algorithm: JwtAlgorithm, keyId: string | undefined): KeyObject | undefined {
    return this.#keys && choose(this.#keys, algorithm, keyId);
  }

  async #refresh(): Promise<void> {
    await whileServed(this.#start(), 'the key set');
  }

  /** Fetches the set, unless that was done a moment ago. Where it cannot be had, the old one stays. */
  async #start(): Promise<void> {
    if (!this.#pending && performance.now() < this.#mayFetchAt) return;
    await (this.#pending ??= this.#fetch());
  }

  /** Never rejects. */
  async #fetch(): Promise<void> {
    try {
      this.#keys = readKeys(await fetchKeySet(this.url, !this.#keys));
      this.#fetchedAt = performance.now();
    } catch (thrown) {
      this.#failure = toError(thrown);
    }
    this.#mayFetchAt = performance.now() + (this.#keys ? PAUSE : FIRST_PAUSE);
    this.#pending = undefined;
  }
}

/** Keys of kinds that are not known here are left out, as RFC 7517, section 5 says. */
function readKeys(set: unknown): readonly PublicKey[] {
  const { keys } = (set ?? {}) as { readonly keys?: unknown };
  return (Array.isArray(keys) ? (keys as unknown[]) : []).flatMap((jwk) => readKey(jwk) ?? []);
}

function readKey(jwk: unknown): PublicKey | undefined {
  const { kty, kid, use, alg } = (jwk ?? {}) as Readonly<Record<string, unknown>>;
  if ((kty !== 'RSA' && kty !== 'EC') || (use !== undefined && use !== 'sig')) return undefined;
  try {
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    const algorithms = algorithmsOf(key).filter((name) => alg === undefined || name === alg);
    return algorithms.length === 0 ? undefined : { id: typeof kid === 'string' ? kid : undefined, algorithms, key };
  } catch {
    return undefined;
  }
}

/** Without a name, the only key that it can be. */
function choose(keys: readonly PublicKey[], algorithm: JwtAlgorithm, keyId: string | undefined): KeyObject | undefined {
  const candidates = keys.filter(({ algorithms }) => algorithms.includes(algorithm));
  if (keyId !== undefined) return candidates.find(({ id }) => id === keyId)?.key;
  return candidates.length === 1 ? candidates[0]?.key : undefined;
}

/** Not the failure itself, which is no answer to any call of the service's: a 404 of the issuer's must not pass for one. */
function noKeys(cause: Error | undefined): Error {
  const detail = `there is no key set to verify tokens with: ${cause?.message ?? 'it has not come yet'}`;
  return createException('KEYS_UNAVAILABLE', { cause, sent: 'no', detail });
}

function unknownKey(): InvalidToken {
  return new InvalidToken('unknown-key', 'the token is signed with a key that the issuer does not publish');
}
