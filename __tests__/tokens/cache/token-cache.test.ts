import { cacheScene, warmScene } from '../../support/cache-scene';
import { turns } from '../../support/virtual-clock';

const down = new Error('the issuer is down');

test('200 callers share one fetch', async () => {
  const { ask, issuer } = cacheScene(60);

  const tokens = await Promise.all(Array.from({ length: 200 }, async () => ask()));

  expect(new Set(tokens)).toEqual(new Set(['token-1']));
  expect(issuer.requests).toEqual([true]);
});

test('two keys are two fetches, and share nothing', async () => {
  const { ask } = cacheScene(60);

  expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toEqual(['token-1', 'token-2', 'token-1']);
  expect([ask('b'), ask('a')]).toEqual(['token-2', 'token-1']);
});

test('a good token is at hand, without a promise', async () => {
  const { ask, clock } = await warmScene(3600);

  expect(ask()).toBe('token-1');
  await clock.pass(2_879_000);
  expect(ask()).toBe('token-1');
});

test.each([
  ['an hour', 3600, 2880],
  ['five minutes', 300, 240],
  ['four seconds', 4, 3.2],
  ['a second', 1, 0.8],
])('a token that lives for %s is renewed at four fifths of it, while it still serves', async (_, life, renewal) => {
  const { ask, clock, issuer } = await warmScene(life);

  await clock.pass(renewal * 1000 - 1);
  expect(ask()).toBe('token-1');
  expect(issuer.requests).toHaveLength(1);

  await clock.pass(1);
  expect([ask(), ask()]).toEqual(['token-1', 'token-1']);
  await turns();
  expect(ask()).toBe('token-2');
  expect(issuer.requests).toEqual([true, false]);
});

test('of 20 calls a second over half a minute only the first waits, though a token lives for four seconds', async () => {
  const { ask, clock, issuer } = await warmScene(4);

  for (let call = 0; call < 600; call++) {
    expect(ask()).toEqual(expect.any(String));
    await clock.pass(50);
  }

  expect(issuer.requests.length).toBeGreaterThan(5);
  expect(issuer.requests.length).toBeLessThan(12);
});

test.each([
  ['early', 1, 750_000],
  ['late', 0, 850_000],
])('when exactly is drawn by lot: %s by up to a twentieth of its life', async (_, lot, due) => {
  const { ask, clock, issuer } = await warmScene(1000, { random: () => lot });

  await clock.pass(due - 1);
  void ask();
  expect(issuer.requests).toHaveLength(1);
  await clock.pass(1);
  void ask();
  expect(issuer.requests).toHaveLength(2);
});

test.each([
  ['an hour', 3600, 30],
  ['two minutes', 120, 12],
  ['four seconds', 4, 0.4],
  ['a second', 1, 0.125],
])('a token that lives for %s is not begun with in its last seconds', async (_, life, margin) => {
  const { ask, clock } = await warmScene(life);

  await clock.pass((life - margin) * 1000);

  expect(await ask()).toBe('token-2');
});

test('an issuer that hangs in those seconds holds a call up for a second at most', async () => {
  const { ask, clock, issuer } = await warmScene(3600);
  issuer.isSlow = true;
  await clock.pass(3_575_000);

  const first = ask();
  await clock.pass(999);
  const second = ask();
  await clock.pass(1);

  expect(await Promise.all([first, second, ask()])).toEqual(['token-1', 'token-1', 'token-1']);
  expect(issuer.requests).toHaveLength(2);
  expect(clock.timers).toBe(0);
});

test('a token that ends while the issuer hangs is not handed out', async () => {
  const { ask, clock, issuer } = await warmScene(3600);
  issuer.isSlow = true;
  await clock.pass(3_599_900);

  const call = ask();
  clock.jump(100);
  await clock.pass(1000);
  issuer.answer();

  expect(await call).toBe('token-2');
});

test('a token without an end is kept', async () => {
  const { ask, clock } = await warmScene(undefined);

  await clock.pass(1e12);

  expect(ask()).toBe('token-1');
});

test('a token that has ended when it comes is not handed out', async () => {
  const { ask } = cacheScene(-10);

  await expect(ask()).rejects.toMatchObject({ name: 'TokenError', code: 'TOKEN_UNAVAILABLE' });
});

test('what is being renewed when the token ends is waited for, not asked for twice', async () => {
  const { ask, clock, issuer } = await warmScene(100);
  await clock.pass(80_000);
  issuer.isSlow = true;
  void ask();
  await clock.pass(20_000);

  const call = ask();
  issuer.answer();

  expect(await call).toBe('token-2');
  expect(issuer.requests).toHaveLength(2);
});

describe('a token that is not accepted', () => {
  test('is forgotten', async () => {
    const { ask, cache } = await warmScene(60);

    cache.invalidate('token-1');

    expect(await Promise.all(Array.from({ length: 50 }, async () => ask()))).toEqual(Array(50).fill('token-2'));
  });

  test('leaves a newer one alone', async () => {
    const { ask, cache } = await warmScene(60);
    cache.invalidate('token-1');
    await ask();

    cache.invalidate('token-1');

    expect(ask()).toBe('token-2');
  });

  test('leaves those of other keys alone', async () => {
    const { ask, cache } = await warmScene(60);
    await ask('other');

    cache.invalidate('token-2');

    expect(ask()).toBe('token-1');
    expect(await ask('other')).toBe('token-3');
  });
});

describe('the clocks', () => {
  test('a wall clock that is set forward past the end makes a new token', async () => {
    const { ask, clock } = await warmScene(60);

    clock.jump(60_000);

    expect(await ask()).toBe('token-2');
  });

  test('a machine that slept past the end makes a new token', async () => {
    const { ask, clock } = await warmScene(60);

    // The monotonic clock stood still meanwhile.
    clock.jump(3_600_000);

    expect(await ask()).toBe('token-2');
  });

  test('a wall clock that is set back does not lengthen the life of a token', async () => {
    const { ask, clock } = await warmScene(60);

    clock.jump(-3_600_000);
    await clock.pass(59_000);
    expect(await ask()).toBe('token-2');
    await clock.pass(60_000);
    expect(await ask()).toBe('token-3');
  });
});

test('tokens are forgotten that were not used for the longest time', async () => {
  const { ask, issuer } = cacheScene(3600, { maxTokens: 2 });
  await ask('a');
  await ask('b');
  void ask('a');

  await ask('c');

  expect([ask('a'), ask('c')]).toEqual(['token-1', 'token-3']);
  expect(await ask('b')).toBe('token-4');
  expect(issuer.requests).toHaveLength(4);
});

test('a key whose fetch is under way is not forgotten, so it is not fetched twice', async () => {
  const { ask, issuer } = cacheScene(3600, { maxTokens: 1 });
  issuer.isSlow = true;

  const calls = ['a', 'b', 'a'].map(async (key) => ask(key));
  issuer.answer();

  expect(await Promise.all(calls)).toEqual(['token-1', 'token-2', 'token-1']);
});

test('a renewal that fails concerns nobody while the old token serves', async () => {
  const { ask, clock, issuer } = await warmScene(100);
  await clock.pass(80_000);
  issuer.failure = down;

  expect(ask()).toBe('token-1');
  await turns();

  expect(ask()).toBe('token-1');
});
