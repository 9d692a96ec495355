import { memoryTokenStore } from '../../../src/stores/memory-token-store';
import type { TokenStore } from '../../../src/stores/token-store';
import { cacheScene, type CacheScene } from '../../support/cache-scene';
import { turns, virtualClock } from '../../support/virtual-clock';

interface Watched extends TokenStore {
  readonly values: Map<string, string>;
  /** What was done, in order. */
  readonly log: string[];
}

/** A real store that can be looked into. */
function watchedStore(): Watched {
  const store = memoryTokenStore();
  const values = new Map<string, string>();
  const log: string[] = [];
  return {
    values,
    log,
    async get(key) {
      log.push('get');
      return store.get(key);
    },
    async set(key, value, life) {
      log.push('set');
      values.set(key, value);
      await store.set(key, value, life);
    },
    async lock(key, life) {
      const unlock = await store.lock(key, life);
      log.push(unlock ? 'lock' : 'locked');
      return (
        unlock &&
        (async () => {
          log.push('unlock');
          await unlock();
        })
      );
    },
  };
}

/** Caches of several processes on one store, at one time; all of one issuer would be one too many to count. */
function processes(count: number, store: TokenStore, life = 3600): CacheScene[] {
  const clock = virtualClock();
  return Array.from({ length: count }, () => cacheScene(life, { clock, store }));
}

function requests(scenes: readonly CacheScene[]): number {
  return scenes.reduce((sum, { issuer }) => sum + issuer.requests.length, 0);
}

test('one of eight processes asks the issuer, and all have its token', async () => {
  const scenes = processes(8, watchedStore());

  const calls = scenes.map(async ({ ask }) => ask());
  await scenes[0]?.clock.pass(1000);

  expect(await Promise.all(calls)).toEqual(Array(8).fill('token-1'));
  expect(requests(scenes)).toBe(1);
});

test('a process that starts later asks nobody', async () => {
  const [first, second] = processes(2, watchedStore()) as [CacheScene, CacheScene];
  await first.ask();
  await turns();

  expect(await second.ask()).toBe('token-1');
  expect(second.issuer.requests).toHaveLength(0);
});

test('the token of another process ends when it ends, and not a whole life after it was taken over', async () => {
  const [first, second] = processes(2, watchedStore(), 100) as [CacheScene, CacheScene];
  await first.ask();
  await first.clock.pass(70_000);
  await second.ask();
  second.issuer.failure = new Error('down');

  await first.clock.pass(29_000);
  expect(await second.ask()).toBe('token-1');
  await first.clock.pass(1000);
  await expect(second.ask()).rejects.toThrow('down');
});

test('one process renews ahead, and the others take over what it got', async () => {
  const scenes = processes(4, watchedStore());
  for (const { ask } of scenes) await ask();
  await scenes[0]?.clock.pass(2_900_000);

  for (const { ask } of scenes) {
    expect(ask()).toBe('token-1');
    await turns();
  }

  expect(scenes.map(({ ask }) => ask())).toEqual(Array(4).fill('token-2'));
  expect(requests(scenes)).toBe(2);
});

test('a token that was not accepted is not taken from the store again', async () => {
  const [first, second] = processes(2, watchedStore()) as [CacheScene, CacheScene];
  await first.ask();
  await turns();
  await second.ask();

  second.cache.invalidate('token-1');
  // The issuer of each process counts for itself.
  expect(await second.ask()).toBe('token-1');
  expect(second.issuer.requests).toHaveLength(1);
});

test('a process that cannot get a token lets the next one try', async () => {
  const [first, second] = processes(2, watchedStore()) as [CacheScene, CacheScene];
  first.issuer.failure = new Error('down');
  first.issuer.isSlow = true;
  const failing = expect(first.ask()).rejects.toThrow('down');
  await turns();
  const call = second.ask();
  await first.clock.pass(100);

  first.issuer.answer();
  await failing;
  await first.clock.pass(300);

  expect(await call).toBe('token-1');
});

test('a process that dies with the lock holds the others up for three seconds', async () => {
  const store = watchedStore();
  await store.lock('key', 1e9);
  const [scene] = processes(1, store) as [CacheScene];

  const call = scene.ask();
  await scene.clock.pass(2900);
  expect(scene.issuer.requests).toHaveLength(0);
  await scene.clock.pass(400);

  expect(await call).toBe('token-1');
  expect(store.values.size).toBe(1);
});

test('the lock is given up after the token is in the store', async () => {
  const store = watchedStore();
  const [scene] = processes(1, store) as [CacheScene];

  await scene.ask();
  await turns();

  expect(store.log).toEqual(['get', 'lock', 'get', 'set', 'unlock']);
  expect(JSON.parse([...store.values.values()][0] ?? '')).toEqual({
    token: 'token-1',
    issuedAt: scene.clock.now(),
    expiresAt: scene.clock.now() + 3_600_000,
  });
});

const broken = async (): Promise<never> => Promise.reject(new Error('the store is down'));
const hanging = async (): Promise<never> => new Promise(() => undefined);
const thrower = (): never => {
  throw new Error('no store at all');
};

test.each<[string, Partial<TokenStore>]>([
  ['that is down', { get: broken, set: broken, lock: broken }],
  ['that hangs', { get: hanging, set: hanging, lock: hanging }],
  ['that throws', { get: thrower, set: thrower, lock: thrower }],
  ['that cannot lock', { lock: broken }],
  ['whose lock hangs', { lock: hanging }],
  ['that cannot write', { set: broken }],
  ['whose locks cannot be given up', { lock: async () => Promise.resolve(broken) }],
])('a store %s costs a call no more than a second', async (_, wrong) => {
  const [scene] = processes(1, { ...memoryTokenStore(), ...wrong }) as [CacheScene];

  const call = scene.ask();
  await scene.clock.pass(1000);

  expect(await call).toBe('token-1');
  expect(scene.ask()).toBe('token-1');
  await scene.clock.pass(1000);
  expect(scene.clock.timers).toBe(0);
});

test('a lock that comes too late is given back', async () => {
  const unlock = jest.fn(async () => Promise.resolve());
  let grant: (unlock: () => Promise<void>) => void = () => undefined;
  const lock = async (): Promise<() => Promise<void>> => new Promise((resolve) => (grant = resolve));
  const [scene] = processes(1, { ...memoryTokenStore(), lock }) as [CacheScene];
  const call = scene.ask();
  await scene.clock.pass(1000);
  await call;
  expect(unlock).not.toHaveBeenCalled();

  grant(unlock);
  await turns();

  expect(unlock).toHaveBeenCalledTimes(1);
});

test.each([
  ['no JSON', 'token'],
  ['null', 'null'],
  ['no token', '{"issuedAt":1}'],
  ['a token that cannot be sent', '{"token":"a\\nb","issuedAt":1}'],
  ['a time that is none', '{"token":"a","issuedAt":1,"expiresAt":"soon"}'],
  ['no time of issue', '{"token":"a","expiresAt":99999999999999}'],
  ['a token that has ended', '{"token":"a","issuedAt":1,"expiresAt":2}'],
])('%s in the store counts as nothing', async (_, value) => {
  const store = { ...memoryTokenStore(), get: async () => Promise.resolve(value) };
  const [scene] = processes(1, store) as [CacheScene];

  expect(await scene.ask()).toBe('token-1');
});
