import { cacheScene, type CacheScene } from '../../support/cache-scene';
import { isPromise } from '../../../src/util/promises';

function keys(count: number, prefix = 'key'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

async function askAll({ ask }: CacheScene, names: readonly string[]): Promise<void> {
  await Promise.all(names.map(async (name) => ask(name)));
}

/** CPU time in milliseconds: what other processes of the machine take does not count. */
async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  return process.cpuUsage(start).user / 1000;
}

test('tokens that are in use stay, whoever else comes and goes', async () => {
  const scene = cacheScene(3600, { maxTokens: 20 });
  const regulars = keys(10, 'regular');
  await askAll(scene, regulars);
  await askAll(scene, regulars);

  for (const guest of keys(200, 'guest')) {
    await scene.ask(guest);
    for (const name of regulars) expect(scene.ask(name)).toMatch(/^token-/);
  }
});

test('a cache that is full evicts without a search through all of its tokens', async () => {
  const scene = cacheScene(3600, { maxTokens: 20_000 });
  const askInTurn = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await scene.ask(name);
  };

  const filling = await timeOf(async () => askInTurn(keys(20_000)));
  // As many fetches, and an eviction for each.
  const evicting = await timeOf(async () => askInTurn(keys(20_000, 'other')));

  expect(evicting).toBeLessThan(5 * Math.max(filling, 50));
});

test('a cache that had to grow while the issuer was slow shrinks again', async () => {
  const scene = cacheScene(3600, { maxTokens: 20 });
  scene.issuer.isSlow = true;
  const waiting = askAll(scene, keys(200));
  scene.issuer.isSlow = false;
  scene.issuer.answer();
  await waiting;

  const others = keys(250, 'other');
  for (const name of others) await scene.ask(name);

  // The latest first, because asking for one that is gone evicts another.
  const kept = [...others].reverse().filter((name) => !isPromise(scene.cache.get(name)));
  expect(kept.length).toBeLessThanOrEqual(20);
});

test('a token that was rejected is found without a search through all tokens', async () => {
  const scene = cacheScene(3600, { maxTokens: 20_000 });
  const tokens: string[] = [];
  const filling = await timeOf(async () => {
    for (const name of keys(20_000)) tokens.push(await scene.ask(name));
  });

  const rejecting = await timeOf(async () => {
    for (const token of tokens) scene.cache.invalidate(token);
    await Promise.resolve();
  });

  expect(rejecting).toBeLessThan(5 * Math.max(filling, 50));
  expect(isPromise(scene.cache.get('key-0'))).toBe(true);
});

test('one token that was issued for two keys is dropped for both', async () => {
  const token = { token: 'the same', expiresAt: undefined };
  const { ask, cache } = cacheScene(3600, { fetch: () => async () => Promise.resolve(token) });
  await ask('a');
  await ask('b');

  cache.invalidate('the same');

  expect(['a', 'b', 'a'].map((key) => isPromise(ask(key)))).toEqual([true, true, true]);
});
