import { randomBytes } from 'node:crypto';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { redisTokenStore } from '../../src/stores/redis-token-store';
import type { TokenStore } from '../../src/stores/token-store';
import { describeWithRedis, redisServer, type RedisServer } from '../support/redis';
import { LIBRARIES } from '../support/redis-clients';

const KEY = randomBytes(32);
/** Seconds for one command: long enough for a busy machine, short beside what the tests allow. */
const TIMEOUT = 0.5;
const LATE = 'Redis did not reply within 0.5 s';
const RESTS = 'Redis failed a moment ago and is not tried again yet';

describeWithRedis('redisTokenStore, when Redis', () => {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await redisServer();
    admin = new Redis(server.port, '127.0.0.1', { retryStrategy: () => 20 });
    admin.on('error', () => undefined);
  });
  beforeEach(async () => {
    await admin.flushall();
  });
  afterAll(() => {
    admin.disconnect();
  });

  describe.each(LIBRARIES)('(%s)', (library, connect) => {
    async function newStore(timeout = TIMEOUT): Promise<TokenStore> {
      return redisTokenStore(await connect(server), { encryptionKey: KEY, timeout });
    }

    test('is killed: fails fast, takes nothing for later, and recovers', async () => {
      const store = await newStore();
      await store.set('a', 'token', 60_000);
      const unlock = await store.lock('a', 60_000);
      await server.kill();

      const start = performance.now();
      await expect(store.get('a')).rejects.toThrow(/^(The Redis command failed: .+|Redis did not reply within)/);
      for (let i = 0; i < 100; i++) await expect(store.set('a', 'late', 60_000)).rejects.toThrow(RESTS);
      await expect(unlock?.()).rejects.toThrow(/^(The Redis command failed: .+|Redis did not reply within)/);
      expect(performance.now() - start).toBeLessThan(5000);

      await sleep(1100);
      await expect(store.set('a', 'late', 60_000)).rejects.toThrow(
        /^(The Redis command failed: .+|Redis did not reply)/,
      );

      await server.restart();
      const value = await recovered(async () => store.get('a'));
      expect(value).toBeUndefined();
      await store.set('a', 'token', 60_000);
      expect(await store.get('a')).toBe('token');
    });

    test('is frozen: one command costs the timeout, those after it nothing', async () => {
      const store = await newStore();
      await store.set('a', 'token', 60_000);
      server.freeze();

      await expect(store.get('a')).rejects.toThrow(LATE);
      const start = performance.now();
      for (let i = 0; i < 100; i++) await expect(store.get('a')).rejects.toThrow(RESTS);
      expect(performance.now() - start).toBeLessThan(TIMEOUT * 1000);

      server.thaw();
      expect(await recovered(async () => store.get('a'))).toBe('token');
    });

    test('is frozen: after a rest, one command tries and the others do not wait for it', async () => {
      const store = await newStore();
      server.freeze();
      await expect(store.get('a')).rejects.toThrow(LATE);
      await sleep(1050);

      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, async () => store.get('a')));
      server.thaw();

      const reasons = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason as Error);
      expect(reasons.map(({ message }) => message)).toEqual([LATE, RESTS, RESTS, RESTS, RESTS]);
    });

    test('gives a lock too late: it is given back', async () => {
      const store = await newStore(0.1);
      const heard = await server.monitor();
      server.freeze();
      await expect(store.lock('a', 60_000)).rejects.toThrow('Redis did not reply within 0.1 s');

      server.thaw();
      while (!/"eval"/i.test(heard())) await sleep(5);

      expect(heard()).toMatch(/"NX"/i);
      while ((await admin.dbsize()) > 0) await sleep(5);
    });

    test('failed a moment ago: a lock is given up all the same', async () => {
      const store = await newStore();
      const unlock = await store.lock('a', 60_000);
      server.freeze();
      await expect(store.get('a')).rejects.toThrow(LATE);
      server.thaw();
      await admin.ping();

      await unlock?.();

      await expect(store.get('a')).rejects.toThrow(RESTS);
      expect(await admin.dbsize()).toBe(0);
    });

    test('answers while the process is busy: the answer counts', async () => {
      const store = await newStore(0.1);
      await store.set('a', 'token', 60_000);
      const answer = store.get('a');
      // This one writes at the end of the turn.
      if (library === 'redis') await turn();

      for (const end = performance.now() + 200; performance.now() < end;);

      expect(await answer).toBe('token');
    });

    test('answers with an error: it says which, and shows no value', async () => {
      await admin.config('SET', 'maxmemory', '1');
      const store = await newStore();

      const error = await store.set('a', 'a-secret-token', 60_000).catch((thrown: unknown) => thrown);
      await admin.config('SET', 'maxmemory', '0');

      expect(error).toMatchObject({ message: expect.stringMatching(/^The Redis command failed: OOM /) as string });
      expect(error).not.toHaveProperty('cause');
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('a-secret-token');
    });
  });

  test('has not been connected to yet: ioredis is waited for', async () => {
    const client = new Redis(server.port, '127.0.0.1');
    const store = redisTokenStore(client, { encryptionKey: KEY, timeout: 10 });

    await store.set('a', 'token', 60_000);

    expect(await store.get('a')).toBe('token');
    client.disconnect();
  });

  test('has not been connected to yet: a lazy ioredis connects', async () => {
    const client = new Redis(server.port, '127.0.0.1', { lazyConnect: true });
    const store = redisTokenStore(client, { encryptionKey: KEY, timeout: 10 });

    await store.set('a', 'token', 60_000);

    expect(await store.get('a')).toBe('token');
    client.disconnect();
  });

  test('has not been connected to yet: redis is waited for, once it was told to connect', async () => {
    const client = createClient({ url: server.url });
    const store = redisTokenStore(client, { encryptionKey: KEY, timeout: 10 });
    const early = redisTokenStore(client, { encryptionKey: KEY, timeout: 10 });

    await expect(early.get('a')).rejects.toThrow('The Redis command failed: the client is not connected');
    const connected = client.connect();
    await store.set('a', 'token', 60_000);

    expect(await store.get('a')).toBe('token');
    await connected;
    client.destroy();
  });

  test('is not there at all: both fail in bounded time', async () => {
    const one = new Redis(1, '127.0.0.1');
    one.on('error', () => undefined);
    const other = createClient({ url: 'redis://127.0.0.1:1' });
    void other.connect().catch(() => undefined);

    for (const client of [one, other]) {
      const store = redisTokenStore(client, { encryptionKey: KEY, timeout: TIMEOUT });
      await expect(store.get('a')).rejects.toThrow(
        /^(The Redis command failed: .*ECONNREFUSED|Redis did not reply within)/,
      );
    }
    one.disconnect();
    other.destroy();
  });
});

/** The first answer after failures, for which nobody waits longer than that. */
async function recovered<T>(ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + 15_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(50);
    }
  }
}
