import { createHash, randomUUID } from 'node:crypto';
import { kindOf } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { wrongOption } from '../checks/wrong-option';
import { checkDuration } from '../checks/values';
import { ownOptions } from '../util/own-options';
import { BoundedRedis } from './bounded-redis';
import { redisCommands, type IORedisClient, type NodeRedisClient } from './redis-commands';
import { parseKey, parseKeys, sealWith, type EncryptionKey } from './sealed-text';
import type { TokenStore } from './token-store';

/** Options of {@link redisTokenStore}. */
export interface RedisTokenStoreOptions {
  /** Key of 32 bytes that encrypts the tokens (AES-256-GCM): bytes, or a string in base64 or hex. */
  readonly encryptionKey: EncryptionKey;
  /** Older keys, used for reading only while processes change to a new key. @default none */
  readonly previousKeys?: readonly EncryptionKey[] | undefined;
  /** Prefix of all its key names in Redis. @default 'hdms-token:' */
  readonly prefix?: string | undefined;
  /** Seconds that one command may take. @default 0.25 */
  readonly timeout?: number | undefined;
}

const NAMES = new Set<string>(['encryptionKey', 'previousKeys', 'prefix', 'timeout']);
/** Milliseconds; Redis refuses numbers that are too large. */
const LONGEST_LIFE = 365 * 24 * 3600 * 1000;

/**
 * Shares tokens between processes through Redis: encrypted, under hashed names. If Redis is down or slow, the methods of
 * the store reject in bounded time. You connect and close the client.
 *
 * @throws TypeError or RangeError if the client or an option is wrong
 * @see NIST SP 800-38D (AES-GCM)
 */
export function redisTokenStore(client: IORedisClient | NodeRedisClient, given: RedisTokenStoreOptions): TokenStore {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of redisTokenStore', options, NAMES, false);
  const { encryptionKey, previousKeys = [], prefix = 'hdms-token:', timeout = 0.25 } = options;
  if (typeof prefix !== 'string') throw wrongOption('redisTokenStore.prefix', 'be a string', kindOf(prefix));
  checkDuration('redisTokenStore.timeout', timeout, 0.001, 60);
  const seal = sealWith(
    parseKey('redisTokenStore.encryptionKey', encryptionKey),
    parseKeys('redisTokenStore.previousKeys', previousKeys),
  );
  const redis = new BoundedRedis(redisCommands(client), timeout * 1000);
  // Hashed: a token's key also names the client and its scopes, which others must not read.
  const nameOf = (key: string): string => prefix + createHash('sha256').update(key).digest('base64url');
  return {
    async get(key) {
      const name = nameOf(key);
      const sealed = await redis.run(async (commands) => commands.get(name));
      return sealed === undefined ? undefined : seal.open(sealed, name);
    },
    async set(key, value, life) {
      if (!(life >= 1)) return;
      const name = nameOf(key);
      await redis.run(async (commands) => commands.set(name, seal.seal(value, name), wholeLife(life)));
    },
    lock: async (key, life) => lock(redis, `${nameOf(key)}:lock`, wholeLife(life)),
  };
}

async function lock(redis: BoundedRedis, name: string, life: number): ReturnType<TokenStore['lock']> {
  const mine = randomUUID();
  // Even during the pause after a failure: a lock that stays blocks other processes until its lease expires.
  const unlock = async (): Promise<void> => {
    await redis.runNow(async (commands) => commands.deleteIfEqual(name, mine));
  };
  const isMine = await redis.run(
    async (commands) => commands.setIfAbsent(name, mine, life),
    () => void unlock().catch(() => undefined),
  );
  return isMine ? unlock : undefined;
}

function wholeLife(life: number): number {
  return Math.floor(Math.min(Math.max(life, 1), LONGEST_LIFE));
}
