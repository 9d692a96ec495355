import { createPublicKey, type KeyObject } from 'node:crypto';
import { kindOf } from '../../checks/kind-of';
import { wrongOption } from '../../checks/wrong-option';
import { checkURL } from '../../checks/values';
import { whileServed } from '../../context/while-served';
import { createException } from '../../errors/create';
import { toError } from '../../util/is-error';
import { SYSTEM_CLOCK, within } from '../cache/token-clock';
import type { IssuerConnection } from '../issuer/issuer-connection';
import { issuerMessage } from '../issuer/token-failure';
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
 * @throws InvalidToken if there is no such key; RequestException if the key set, which may have it, could not be fetched in time
 */
export type KeySet = (
  algorithm: JwtAlgorithm,
  keyId: string | undefined,
  isSignedBy: (key: KeyObject) => boolean,
) => Promise<boolean>;

/** Milliseconds between two fetches; shorter if the last one failed and a call needs its keys, so that it soon notices an issuer that recovers. */
const PAUSE = 30_000;
const SHORT_PAUSE = 1000;
/** Milliseconds after which a set is renewed while the old one is used, and after which calls prefer the new one. */
const RENEW_AFTER = 300_000;
const MAX_AGE = 600_000;
/** Milliseconds from the start of a fetch for which these calls wait. */
const MAX_WAIT = 1000;

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
    const expectation = 'a URL, or a key set that holds a public RSA, EC or Ed25519 key for signatures';
    throw wrongOption(name, `be ${expectation}`, kindOf(jwks));
  }
  return async (algorithm, keyId, isSignedBy) => {
    const candidates = choose(keys, algorithm, keyId);
    return candidates.length > 0 ? Promise.resolve(candidates.some(isSignedBy)) : Promise.reject(unknownKey());
  };
}

class RemoteKeys {
  #keys: readonly PublicKey[] | undefined;
  /** Why the last fetch failed. */
  #failure: Error | undefined;
  #pending: Promise<void> | undefined;
  /** When a fetch was started, when one has ended, and when one has succeeded, on the monotonic clock; it may stop while the machine sleeps. */
  #startedAt = -Infinity;
  #endedAt = -Infinity;
  #fetchedAt = -Infinity;
  /** The same on the wall clock. */
  #fetchedAtWall = -Infinity;

  constructor(
    private readonly url: string,
    private readonly connection: IssuerConnection,
  ) {}

  readonly find: KeySet = async (algorithm, keyId, isSignedBy) => {
    if (this.#keys) await this.#renew();
    const before = this.#keys;
    if (this.#choose(algorithm, keyId).some(isSignedBy)) return true;
    // The issuer may have a new key, under a new id or under the same.
    await this.#refresh();
    const candidates = this.#choose(algorithm, keyId);
    if (candidates.length > 0) return this.#keys !== before && candidates.some(isSignedBy);
    // A new key may be in the set that could not be fetched.
    throw this.#failure ? noKeys(this.#failure) : unknownKey();
  };

  #choose(algorithm: JwtAlgorithm, keyId: string | undefined): readonly KeyObject[] {
    return choose(this.#keys ?? [], algorithm, keyId);
  }

  /**
   * Renews an old set in the background: an issuer that hangs must not stop a service that has its keys. Where no call has
   * come for long, a withdrawn key could still be in use, so calls wait a moment, unless the issuer is known to be down.
   */
  async #renew(): Promise<void> {
    const now = performance.now();
    const age = Math.max(now - this.#fetchedAt, Date.now() - this.#fetchedAtWall);
    if (age <= RENEW_AFTER) return;
    const isDown = this.#failure !== undefined && now - this.#endedAt < 2 * PAUSE;
    const renewal = this.#start(PAUSE);
    const wait = this.#startedAt + MAX_WAIT - now;
    if (age > MAX_AGE && !isDown && wait > 0) await within(SYSTEM_CLOCK, wait, renewal);
  }

  async #refresh(): Promise<void> {
    await whileServed(this.#start(this.#failure ? SHORT_PAUSE : PAUSE), 'the key set');
  }

  /** Fetches the set, unless a fetch ended less than `pause` ago. If that fails, the old set stays in use. */
  async #start(pause: number): Promise<void> {
    if (!this.#pending && performance.now() < this.#endedAt + pause) return;
    await (this.#pending ??= this.#fetch());
  }

  /** Never rejects. */
  async #fetch(): Promise<void> {
    this.#startedAt = performance.now();
    try {
      const keys = readKeys(await fetchKeySet(this.url, !this.#keys, this.connection));
      // The response of a replica that has not loaded its keys yet.
      if (keys.length === 0) throw new Error('the key set holds no public key for signatures');
      this.#keys = keys;
      this.#failure = undefined;
      this.#fetchedAt = performance.now();
      this.#fetchedAtWall = Date.now();
    } catch (thrown) {
      this.#failure = toError(thrown);
    }
    this.#endedAt = performance.now();
    this.#pending = undefined;
  }
}

/** Keys of unknown types are ignored (RFC 7517, section 5). */
function readKeys(set: unknown): readonly PublicKey[] {
  const { keys } = (set ?? {}) as { readonly keys?: unknown };
  return (Array.isArray(keys) ? (keys as unknown[]) : []).flatMap((jwk) => readKey(jwk) ?? []);
}

function readKey(jwk: unknown): PublicKey | undefined {
  // Null stands for none: some issuers write it.
  const { kty, kid, use, alg, key_ops: operations } = (jwk ?? {}) as Readonly<Record<string, unknown>>;
  if (!KEY_TYPES.has(kty) || (use ?? 'sig') !== 'sig') return undefined;
  if (Array.isArray(operations) && !operations.includes('verify')) return undefined;
  try {
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    const algorithms = algorithmsOf(key).filter((name) => name === (alg ?? name));
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
function noKeys(cause: Error): Error {
  const detail = `the signing keys could not be fetched: ${issuerMessage(cause)}`;
  return createException('KEYS_UNAVAILABLE', { cause, sent: 'no', detail });
}

function unknownKey(): InvalidToken {
  return new InvalidToken('unknown-key', 'the token is signed with a key that the issuer does not publish');
}
