import { Redis } from 'ioredis';
import type { RateLimitStore, SlotRequest } from '../../src/stores/rate-limit-store';
import { redisRateLimitStore, type RedisRateLimitStoreOptions } from '../../src/stores/redis-rate-limit-store';
import { describeWithRedis, redisServer, type RedisServer } from '../support/redis';
import { ioredis, LIBRARIES } from '../support/redis-clients';

/** A busy machine does not end a command of the tests that are not about time. */
const PATIENT: RedisRateLimitStoreOptions = { timeout: 10 };
/** One slot every 10 s, so that no time passes between two commands of a test. */
const INTERVAL = 10_000;
const ASK: SlotRequest = { member: 'a', count: 1, interval: INTERVAL, earliest: 0, start: 0, latest: Infinity };

/** Times of slots, in intervals. */
function intervals(slots: readonly number[]): number[] {
  // Without the sign of a zero.
  return slots.map((slot) => Math.round(slot / INTERVAL) + 0);
}

test.each<[RedisRateLimitStoreOptions, string]>([
  ['hdms' as never, 'Options must be an object, got a string'],
  [{ prefix: 7 as never }, 'Option `redisRateLimitStore.prefix` must be a string'],
  [{ timeout: 0 }, 'Option `redisRateLimitStore.timeout` must be a number of seconds from 0.001 to 60, got 0'],
  [{ timeuot: 1 } as never, 'Unknown option of redisRateLimitStore `timeuot`. Did you mean `timeout`?'],
  [null as never, 'Options must be an object, got null'],
])('%j is refused', (options, words) => {
  const client = new Redis({ lazyConnect: true });

  expect(() => redisRateLimitStore(client, options)).toThrow(words);
});

describeWithRedis('redisRateLimitStore', () => {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await redisServer();
    admin = new Redis(server.port, '127.0.0.1', { retryStrategy: () => 20 });
    admin.on('error', () => undefined);
  });
  beforeEach(async () => admin.flushall());
  afterAll(() => {
    admin.disconnect();
  });

  describe.each(LIBRARIES)('with %s', (_, connect) => {
    async function newStore(options: RedisRateLimitStoreOptions = PATIENT): Promise<RateLimitStore> {
      return redisRateLimitStore(await connect(server), options);
    }

    test('processes take the slots of one schedule, in order', async () => {
      const [one, other] = [await newStore(), await newStore()];

      const first = await one.lease('key', { ...ASK, count: 2 });
      const second = await other.lease('key', { ...ASK, count: 3, member: 'b' });

      expect(intervals(first.slots)).toEqual([0, 1]);
      expect(intervals(second.slots)).toEqual([2, 3, 4]);
      expect(intervals([first.next, second.next])).toEqual([2, 5]);
      expect([first.members, second.members]).toEqual([1, 2]);
    });

    test('each key has its schedule, whatever is in its name', async () => {
      const store = await newStore();

      for (const key of ['one', 'other', '{one}', '}']) {
        expect(intervals((await store.lease(key, ASK)).slots)).toEqual([0]);
      }
    });

    test('no slot is later than the latest one that is wanted', async () => {
      const store = await newStore();

      const { slots, next } = await store.lease('key', { ...ASK, count: 5, latest: 2.5 * INTERVAL });

      expect(intervals(slots)).toEqual([0, 1, 2]);
      expect(intervals([next])).toEqual([3]);
      expect((await store.lease('key', { ...ASK, latest: 0 })).slots).toEqual([]);
    });

    test('a quiet time earns the slots of a burst', async () => {
      const store = await newStore();
      const burst = { ...ASK, earliest: -2 * INTERVAL, start: -2 * INTERVAL };

      expect(intervals((await store.lease('key', { ...burst, count: 2 })).slots)).toEqual([-2, -1]);
      expect(intervals((await store.lease('key', { ...burst, count: 2 })).slots)).toEqual([0, 1]);
    });

    test('a schedule that is not in use can start later, one that is in use goes on', async () => {
      const store = await newStore();

      expect(intervals((await store.lease('key', { ...ASK, start: 2 * INTERVAL })).slots)).toEqual([2]);
      expect(intervals((await store.lease('key', { ...ASK, start: 9 * INTERVAL })).slots)).toEqual([3]);
      expect(intervals((await store.lease('key', { ...ASK, earliest: 9 * INTERVAL })).slots)).toEqual([9]);
    });

    test('a schedule that another process has asked for lately goes on, even if its last slot is over', async () => {
      const store = await newStore();
      const late = { ...ASK, earliest: -3 * INTERVAL, start: -3 * INTERVAL };
      await store.lease('key', { ...late, member: 'b' });

      expect(intervals((await store.lease('key', { ...late, start: 9 * INTERVAL })).slots)).toEqual([-2]);
      const [members = ''] = await admin.keys('*:members');
      await admin.zrem(members, 'b');
      expect(intervals((await store.lease('key', { ...late, start: 9 * INTERVAL })).slots)).toEqual([9]);
    });

    test('slots that are given back are free again, at their time', async () => {
      const store = await newStore();
      const { slots } = await store.lease('key', { ...ASK, count: 5 });

      await store.giveBack('key', [slots[2] ?? NaN, slots[1] ?? NaN], INTERVAL);

      expect(intervals((await store.lease('key', { ...ASK, latest: 0.5 * INTERVAL })).slots)).toEqual([]);
      expect(intervals((await store.lease('key', { ...ASK, count: 3 })).slots)).toEqual([1, 2, 5]);
    });

    test('the schedule ends earlier if its last slots are given back', async () => {
      const store = await newStore();
      const { slots } = await store.lease('key', { ...ASK, count: 1000 });

      await store.giveBack('key', slots.slice(1), INTERVAL);

      expect(intervals((await store.lease('key', { ...ASK, count: 2 })).slots)).toEqual([1, 2]);
      expect(await admin.keys('*:free')).toEqual([]);
    });

    test('slots of the past, or of a schedule that is gone, are not given back', async () => {
      const store = await newStore();
      await store.lease('key', { ...ASK, count: 3 });

      await store.giveBack('key', [-INTERVAL], INTERVAL);
      await store.giveBack('other', [INTERVAL], INTERVAL);

      expect(await admin.keys('*:free')).toEqual([]);
      expect(intervals((await store.lease('key', ASK)).slots)).toEqual([3]);
      expect(intervals((await store.lease('other', ASK)).slots)).toEqual([0]);
    });

    test('all that is in Redis has a hashed name on one node of a cluster, and expires', async () => {
      const store = await newStore();
      const { slots } = await store.lease('tenant-7', { ...ASK, count: 3 });
      await store.giveBack('tenant-7', slots.slice(1, 2), INTERVAL);

      const names = (await admin.keys('*')).sort();

      expect(names.map((name) => name.replace(/^hdms-rate:\{[\w-]{43}\}/, ''))).toEqual([':free', ':members', ':next']);
      const node = await Promise.all(names.map(async (name) => admin.cluster('KEYSLOT', name).catch(() => 0)));
      expect(new Set(node).size).toBe(1);
      for (const name of names) {
        expect(await admin.pttl(name)).toBeGreaterThan(0);
        expect(await admin.pttl(name)).toBeLessThanOrEqual(3 * INTERVAL + 10_000);
      }
    });

    test('the prefix is that of the options', async () => {
      const store = await newStore({ ...PATIENT, prefix: 'crm:' });
      await store.lease('key', ASK);

      for (const name of await admin.keys('*')) expect(name).toMatch(/^crm:\{/);
    });
  });

  test('a failing Redis is told of once, and again only after it has recovered', async () => {
    const store = redisRateLimitStore(await ioredis(server), { timeout: 10 });
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    await admin.config('SET', 'maxmemory', '1');

    const asked = await Promise.allSettled([1, 2, 3].map(async () => store.lease('key', ASK)));
    await expect(store.giveBack('key', [1], INTERVAL)).rejects.toThrow('Redis failed a moment ago');
    await admin.config('SET', 'maxmemory', '0');

    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(/^Each process keeps to its share of the rate limit until Redis recovers: Error: .*OOM/),
        { code: 'HDMS_RATE_LIMIT_STORE' },
      ],
    ]);
    warn.mockRestore();
  });

  test('a reply that is not a list of slots is a failure', async () => {
    const client = await ioredis(server);
    const store = redisRateLimitStore(client);
    jest.spyOn(client, 'call').mockResolvedValue('OK');

    await expect(store.lease('key', ASK)).rejects.toThrow('Redis did not reply with slots');
  });

  test('a command that Redis runs too late takes no slot', async () => {
    const client = await ioredis(server);
    const store = redisRateLimitStore(client, PATIENT);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 12_000);
    await store.lease('key', ASK);
    clock.mockRestore();

    await expect(store.lease('key', ASK)).rejects.toThrow('The clock of Redis has jumped');
    expect(intervals((await store.lease('key', ASK)).slots)).toEqual([1]);
  });

  test('a process that asks no more is not counted for long', async () => {
    const store = redisRateLimitStore(await ioredis(server), PATIENT);
    await store.lease('key', ASK);
    await store.lease('key', { ...ASK, member: 'b' });
    const [name = ''] = await admin.keys('*:members');
    await admin.zincrby(name, -11_000_000, 'b');

    expect((await store.lease('key', ASK)).members).toBe(1);
  });
});
