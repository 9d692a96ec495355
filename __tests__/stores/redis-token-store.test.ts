import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { redisTokenStore, type RedisTokenStoreOptions } from '../../src/stores/redis-token-store';
import type { TokenStore } from '../../src/stores/token-store';
import { describeWithRedis, redisServer, type RedisServer } from '../support/redis';
import { ioredis, LIBRARIES, nodeRedis } from '../support/redis-clients';

const KEY = randomBytes(32);
const PREFIX = 'hdms-token:';

/** No test of this file is about time; a busy machine is not to end them. */
const PATIENT: RedisTokenStoreOptions = { encryptionKey: KEY, timeout: 10 };

test.each<[unknown, string]>([
  [undefined, 'Options must be an object, got undefined'],
  ['a secret key', 'Options must be an object, got a string'],
  [
    {},
    'Option `redisTokenStore.encryptionKey` must be 32 bytes, as a Buffer or as a base64 or hex string, got undefined',
  ],
  [{ encryptionKey: KEY, keyPrefix: 'app:' }, 'Unknown option of redisTokenStore `keyPrefix`. Did you mean `prefix`?'],
  [
    { encryptionKey: KEY, previousKeys: 'a secret key' },
    'Option `redisTokenStore.previousKeys` must be a list of keys, got a string',
  ],
  [
    { encryptionKey: KEY, previousKeys: KEY },
    'Option `redisTokenStore.previousKeys` must be a list of keys, got an instance of Buffer',
  ],
])('options that are wrong are refused, and the message says which and why: %#', (options, message) => {
  const client = new Redis({ lazyConnect: true });

  expect(() => redisTokenStore(client, options as never)).toThrow(new TypeError(message));
});

describeWithRedis('redisTokenStore', () => {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await redisServer();
    admin = new Redis(server.port, '127.0.0.1');
  });
  beforeEach(async () => admin.flushall());
  afterAll(() => {
    admin.disconnect();
  });

  /** The names of the keys that it holds now. */
  async function names(): Promise<string[]> {
    return (await admin.keys('*')).sort();
  }

  describe.each(LIBRARIES)('with %s', (_, connect) => {
    async function newStore(options: Partial<RedisTokenStoreOptions> = {}): Promise<TokenStore> {
      return redisTokenStore(await connect(server), { ...PATIENT, ...options });
    }

    test('what one process sets, another gets', async () => {
      const [ours, theirs] = [await newStore(), await newStore()];

      await ours.set('a', 'token-ä-1', 60_000);
      await ours.set('b', 'token-b', 60_000);

      expect(await theirs.get('a')).toBe('token-ä-1');
      expect(await theirs.get('b')).toBe('token-b');
      expect(await theirs.get('c')).toBeUndefined();
    });

    test('a new value takes the place of the old one', async () => {
      const store = await newStore();
      await store.set('a', 'token-1', 60_000);

      await store.set('a', 'token-2', 60_000);

      expect(await store.get('a')).toBe('token-2');
    });

    test('Redis forgets a value when its life is over', async () => {
      const store = await newStore();
      await store.set('long', 'token', 60_000.7);
      await store.set('short', 'token', 40.5);
      await sleep(60);

      expect(await store.get('short')).toBeUndefined();
      const [name = '', ...others] = await names();
      expect(others).toEqual([]);
      expect(await admin.pttl(name)).toBeGreaterThan(50_000);
      expect(await admin.pttl(name)).toBeLessThanOrEqual(60_000);
    });

    test.each([0, 0.5, -1, NaN])('a value with a life of %d ms is not kept', async (life) => {
      const store = await newStore();

      await store.set('a', 'token', life);

      expect(await names()).toEqual([]);
    });

    test('a value without an end gets one', async () => {
      const store = await newStore();

      await store.set('a', 'token', Infinity);

      expect(await store.get('a')).toBe('token');
      expect(await admin.pttl((await names())[0] ?? '')).toBeGreaterThan(0);
    });

    test('of many who want the lock at the same time, one gets it', async () => {
      const stores = [await newStore(), await newStore()];

      const answers = await Promise.all(Array.from({ length: 20 }, async (__, i) => stores[i % 2]?.lock('a', 60_000)));

      expect(answers.filter((unlock) => unlock !== undefined)).toHaveLength(1);
      expect(await stores[0]?.lock('b', 60_000)).toBeDefined();
    });

    test('a lock that was given up can be had again', async () => {
      const store = await newStore();
      const unlock = await store.lock('a', 60_000);

      await unlock?.();

      expect(await names()).toEqual([]);
      expect(await store.lock('a', 60_000)).toBeDefined();
    });

    test('a lock is given up by itself when its lease ends', async () => {
      const [dead, alive] = [await newStore(), await newStore()];
      await dead.lock('a', 300);

      expect(await alive.lock('a', 60_000)).toBeUndefined();
      await sleep(320);
      expect(await alive.lock('a', 60_000)).toBeDefined();
    });

    test('who held the lock for too long does not take it from the next', async () => {
      const [slow, next] = [await newStore(), await newStore()];
      const unlock = await slow.lock('a', 20);
      await sleep(40);
      await next.lock('a', 60_000);

      await unlock?.();

      expect(await slow.lock('a', 60_000)).toBeUndefined();
    });

    test('a value that was changed, planted or copied reads as none, and can be set anew', async () => {
      const store = await newStore();
      await store.set('a', 'token', 60_000);
      const [name = ''] = await names();
      const sealed = (await admin.get(name)) ?? '';

      await store.set('b', 'token of b', 60_000);
      const other = (await names()).find((one) => one !== name) ?? '';
      await admin.set(other, sealed);
      expect(await store.get('b')).toBeUndefined();

      await admin.set(
        name,
        sealed.replace(/.(.{8})$/, (end) => (end.startsWith('A') ? 'B' : 'A') + end.slice(1)),
      );
      expect(await store.get('a')).toBeUndefined();

      await admin.set(name, 'token of a thief');
      expect(await store.get('a')).toBeUndefined();

      await store.set('a', 'token', 60_000);
      expect(await store.get('a')).toBe('token');
    });

    test('a process with another key gets nothing', async () => {
      const [ours, theirs] = [await newStore(), await newStore({ encryptionKey: randomBytes(32) })];

      await ours.set('a', 'token', 60_000);

      expect(await theirs.get('a')).toBeUndefined();
    });

    test('processes go over to another key one by one', async () => {
      const next = randomBytes(32).toString('base64');
      const before = await newStore();
      const prepared = await newStore({ previousKeys: [next] });
      const after = await newStore({ encryptionKey: next, previousKeys: [KEY] });

      await before.set('a', 'token-1', 60_000);
      expect([await prepared.get('a'), await after.get('a')]).toEqual(['token-1', 'token-1']);

      await after.set('a', 'token-2', 60_000);
      expect([await prepared.get('a'), await before.get('a')]).toEqual(['token-2', undefined]);
    });

    test('neither Redis nor who listens to it learns a token, or whose it is', async () => {
      const heard = await server.monitor();
      const store = await newStore();
      const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ0aWNrZXRzIn0.c2lnbmF0dXJl';
      const key = 'https://issuer/token ticket-service users:read';
      const unlock = await store.lock(key, 60_000);
      await store.set(key, token, 60_000);
      await store.get(key);
      const kept = await Promise.all((await names()).map(async (name) => `${name} ${(await admin.get(name)) ?? ''}`));
      await unlock?.();
      await admin.echo('the end');
      while (!heard().includes('the end')) await sleep(5);

      const everything = `${heard()}\n${kept.join('\n')}`;
      const decoded = everything.split(/[^\w+/=-]/).map((word) => Buffer.from(word, 'base64').toString('latin1'));
      expect(everything).toMatch(/"SET".*"PX".*"NX"[^]*"SET".*"PX"[^]*"GET"[^]*"EVAL"/i);
      expect(kept).toHaveLength(2);
      for (const secret of [token, ...token.split('.'), 'ticket-service', 'users:read', 'issuer']) {
        expect(everything).not.toContain(secret);
        expect(decoded.join('\n')).not.toContain(secret);
      }
      for (const text of ['hex', 'base64', 'latin1'] as const) expect(everything).not.toContain(KEY.toString(text));
    });

    test('its names begin with the prefix, and another prefix is another store', async () => {
      const [ours, theirs] = [await newStore(), await newStore({ prefix: 'app:' })];

      await ours.set('a', 'token', 60_000);
      await ours.lock('a', 60_000);

      expect(await theirs.get('a')).toBeUndefined();
      expect(await theirs.lock('a', 60_000)).toBeDefined();
      const kept = await names();
      expect(kept.map((name) => name.replace(/[\w-]{43}/, '…'))).toEqual([
        'app:…:lock',
        `${PREFIX}…`,
        `${PREFIX}…:lock`,
      ]);
    });
  });

  test('processes that use different libraries share tokens and locks', async () => {
    const ours = redisTokenStore(await ioredis(server), PATIENT);
    const theirs = redisTokenStore(await nodeRedis(server), PATIENT);

    await ours.set('a', 'token', 60_000);
    await ours.lock('a', 60_000);

    expect(await theirs.get('a')).toBe('token');
    expect(await theirs.lock('a', 60_000)).toBeUndefined();
  });

  test.each([{ prefix: 7 }, { timeout: 250 }, { timeout: 0 }, { encryptionKey: 'short' }, { previousKeys: ['short'] }])(
    'an option like %j is refused by name',
    async (options) => {
      const client = await ioredis(server);

      expect(() => redisTokenStore(client, { encryptionKey: KEY, ...options } as never)).toThrow(
        new RegExp(`^Option \`redisTokenStore.${Object.keys(options)[0] ?? ''}`),
      );
    },
  );
});

test.each<[unknown, string]>([
  [undefined, 'Options must be an object, got undefined'],
  [
    { encryptionKey: KEY, previousKeys: 'short' },
    'Option `redisTokenStore.previousKeys` must be a list of keys, got a string',
  ],
])('%j in place of options is refused', (options, message) => {
  const client = new Redis({ lazyConnect: true });

  expect(() => redisTokenStore(client, options as never)).toThrow(new TypeError(message));
});
