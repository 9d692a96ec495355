import { memoryTokenStore } from '../../src/stores/memory-token-store';

const NOW = Date.UTC(2026, 0, 1);

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

test('what was set can be had under its key alone', async () => {
  const store = memoryTokenStore();

  await store.set('a', 'token-a', 1000);
  await store.set('b', 'token-b', 1000);

  expect(await store.get('a')).toBe('token-a');
  expect(await store.get('b')).toBe('token-b');
  expect(await store.get('c')).toBeUndefined();
});

test('a new value takes the place and the life of the old one', async () => {
  const store = memoryTokenStore();
  await store.set('a', 'token-1', 1000);

  await store.set('a', 'token-2', 2000);

  jest.advanceTimersByTime(1500);
  expect(await store.get('a')).toBe('token-2');
});

test('a value is there for its life, and no longer', async () => {
  const store = memoryTokenStore();
  await store.set('a', 'token', 1000);

  jest.advanceTimersByTime(999);
  expect(await store.get('a')).toBe('token');

  jest.advanceTimersByTime(1);
  expect(await store.get('a')).toBeUndefined();
});

test.each([0, -1, NaN])('a value with a life of %d ms is not kept', async (life) => {
  const store = memoryTokenStore();

  await store.set('a', 'token', life);

  expect(await store.get('a')).toBeUndefined();
});

test('values that have ended are not held in memory', async () => {
  const deleted = jest.spyOn(Map.prototype, 'delete');
  const store = memoryTokenStore();
  await store.set('gone', 'token', 1000);
  jest.advanceTimersByTime(1000);

  await store.set('next', 'token', 1000);

  expect(deleted.mock.calls).toContainEqual(['gone']);
  deleted.mockRestore();
});

test('a token is stored as fast beside those of 20,000 users as beside a few', async () => {
  const store = memoryTokenStore();
  jest.useRealTimers();
  const before = process.cpuUsage();

  for (let user = 0; user < 20_000; user++) await store.set(`user-${user}`, 'token', 3_600_000);

  // 3,000 ms if each walks over all others.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
  expect(await store.get('user-0')).toBe('token');
});

test('one alone has the lock of a key, until it gives it up', async () => {
  const store = memoryTokenStore();
  const unlock = await store.lock('a', 1000);

  expect(unlock).toBeDefined();
  expect(await store.lock('a', 1000)).toBeUndefined();
  expect(await store.lock('b', 1000)).toBeDefined();

  await unlock?.();
  expect(await store.lock('a', 1000)).toBeDefined();
});

test('of many who want the lock at the same time, one gets it', async () => {
  const store = memoryTokenStore();

  const answers = await Promise.all(Array.from({ length: 20 }, async () => store.lock('a', 1000)));

  expect(answers.filter((unlock) => unlock !== undefined)).toHaveLength(1);
});

test('a lock is given up by itself when its lease ends', async () => {
  const store = memoryTokenStore();
  await store.lock('a', 1000);

  jest.advanceTimersByTime(1000);

  expect(await store.lock('a', 1000)).toBeDefined();
});

test('who held the lock for too long does not take it from the next', async () => {
  const store = memoryTokenStore();
  const unlock = await store.lock('a', 1000);
  jest.advanceTimersByTime(1000);
  await store.lock('a', 1000);

  await unlock?.();

  expect(await store.lock('a', 1000)).toBeUndefined();
});

test('a lock hides no value, and a value no lock', async () => {
  const store = memoryTokenStore();
  await store.set('a', 'token', 1000);

  expect(await store.lock('a', 1000)).toBeDefined();
  expect(await store.get('a')).toBe('token');
});
