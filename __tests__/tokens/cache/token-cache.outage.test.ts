import { memoryTokenStore } from '../../../src/stores/memory-token-store';
import { cacheScene } from '../../support/cache-scene';

const down = new Error('the issuer is down');

function keys(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `key-${index}`);
}

test('while the issuer is down, 200 tokens that are due make few requests, and no call fails or waits', async () => {
  const { ask, clock, issuer } = cacheScene(300);
  await Promise.all(keys(200).map(async (key) => ask(key)));
  await clock.pass(245_000);
  issuer.failure = down;
  // Nothing tells these that the issuer is down.
  for (const key of keys(200)) void ask(key);
  await clock.pass(1000);
  issuer.requests.length = 0;

  for (let second = 0; second < 20; second++) {
    for (const key of keys(200)) expect(ask(key)).toMatch(/^token-/);
    await clock.pass(1000);
  }

  expect(issuer.requests.length).toBeGreaterThan(5);
  expect(issuer.requests.length).toBeLessThan(45);
});

test('once it is back, all of them are renewed', async () => {
  const { ask, clock, issuer } = cacheScene(300);
  const before = await Promise.all(keys(50).map(async (key) => ask(key)));
  await clock.pass(245_000);
  issuer.failure = down;
  for (const key of keys(50)) void ask(key);
  await clock.pass(1000);
  issuer.failure = undefined;

  for (let second = 0; second < 20; second++) {
    for (const key of keys(50)) void ask(key);
    await clock.pass(1000);
  }

  for (const [index, key] of keys(50).entries()) expect(ask(key)).not.toBe(before[index]);
});

test('while the issuer is down, what is in the store is used at once', async () => {
  const store = memoryTokenStore();
  const { ask, clock, issuer, cache } = cacheScene(300, { store });
  const other = cacheScene(300, { store, clock });
  await other.ask('alice');
  issuer.failure = down;
  await expect(ask('bob')).rejects.toBe(down);

  expect(await cache.get('alice')).toMatchObject({ token: 'token-1' });
  expect(issuer.requests).toHaveLength(1);
});
