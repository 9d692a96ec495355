import { cacheScene, refused, warmScene, type CacheScene } from '../../support/cache-scene';
import { turns } from '../../support/virtual-clock';

const down = new Error('the issuer is down');

/** Calls every `step` milliseconds for `seconds`. @returns how many got a token, and how many none */
async function load({ ask, clock }: CacheScene, seconds: number, step: number): Promise<[number, number]> {
  const calls: Promise<string>[] = [];
  for (let passed = 0; passed < seconds * 1000; passed += step) {
    calls.push(Promise.resolve(ask()));
    // One that nobody waits for yet is no unhandled one.
    calls.at(-1)?.catch(() => undefined);
    await clock.pass(step);
  }
  await clock.pass(1000);
  const outcomes = await Promise.allSettled(calls);
  const good = outcomes.filter(({ status }) => status === 'fulfilled').length;
  return [good, outcomes.length - good];
}

test('a failure reaches all who wait for it, and the next call tries again', async () => {
  const { ask, issuer } = cacheScene(60);
  issuer.failure = down;

  const outcomes = await Promise.allSettled([ask(), ask(), ask()]);

  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: down }));
  expect(issuer.requests).toHaveLength(1);
});

test.each([
  ['an hour', 3600],
  ['four seconds', 4],
])('no call fails, nor waits long, while the issuer is down and a token of %s lives', async (_, life) => {
  const scene = await warmScene(life);
  await scene.clock.pass(life * 700);
  scene.issuer.failure = down;

  const [good, bad] = await load(scene, life * 0.299, life * 5);

  expect([good, bad]).toEqual([60, 0]);
  // Asked again and again, but not by every call.
  expect(scene.issuer.requests.length).toBeGreaterThan(3);
  expect(scene.issuer.requests.length).toBeLessThan(35);
});

test('after its end a call fails with what the issuer says now, in half a second', async () => {
  const { ask, clock, issuer } = await warmScene(60);
  issuer.failure = down;
  await clock.pass(50_000);
  void ask();
  await clock.pass(10_000);

  for (const reason of ['still down', 'down for good']) {
    issuer.failure = new Error(reason);
    const call = Promise.resolve(ask());
    const outcome = expect(call).rejects.toThrow(reason);
    await clock.pass(500);
    await outcome;
  }

  // None of these makes the retries that a first failure is worth.
  expect(issuer.requests).toEqual([true, false, false, false]);
});

test('an issuer that is back serves the very next call', async () => {
  const { ask, clock, issuer } = cacheScene(60);
  issuer.failure = down;
  for (let count = 0; count < 5; count++) {
    const outcome = expect(ask()).rejects.toBe(down);
    await clock.pass(500);
    await outcome;
  }
  const last = expect(ask()).rejects.toBe(down);
  await clock.pass(500);
  await last;
  issuer.failure = undefined;

  const call = ask();
  await clock.pass(500);

  expect(await call).toBe('token-7');
});

test('an issuer that is down is not hammered, however many call', async () => {
  const scene = cacheScene(60);
  scene.issuer.failure = down;

  const [good, bad] = await load(scene, 10, 5);

  expect([good, bad]).toEqual([0, 2000]);
  expect(scene.issuer.requests.length).toBeLessThan(35);
  expect(scene.issuer.requests.length).toBeGreaterThan(15);
});

test('a minute later a failure is worth retries again', async () => {
  const { ask, clock, issuer } = cacheScene(60);
  issuer.failure = down;
  await expect(ask()).rejects.toBe(down);

  await clock.pass(60_000);
  await expect(ask()).rejects.toBe(down);

  expect(issuer.requests).toEqual([true, true]);
});

describe('a refusal', () => {
  test('is remembered for half a minute, and given to callers at once', async () => {
    const { ask, clock, issuer } = cacheScene(60);
    issuer.failure = refused;
    await expect(ask()).rejects.toBe(refused);
    issuer.failure = undefined;

    await clock.pass(29_999);
    await expect(ask()).rejects.toBe(refused);
    expect(issuer.requests).toHaveLength(1);

    await clock.pass(1);
    expect(await ask()).toBe('token-2');
  });

  test('of one key says nothing of another', async () => {
    const { ask, issuer } = cacheScene(60);
    issuer.failure = refused;
    await expect(ask('a')).rejects.toBe(refused);
    issuer.failure = undefined;

    expect(await ask('b')).toBe('token-2');
  });

  test('leaves the old token alone while that lives', async () => {
    const scene = await warmScene(60);
    await scene.clock.pass(40_000);
    scene.issuer.failure = refused;

    expect(await load(scene, 19, 100)).toEqual([190, 0]);
    expect(scene.issuer.requests).toHaveLength(2);

    await scene.clock.pass(1000);
    await expect(scene.ask()).rejects.toBe(refused);
    expect(scene.issuer.requests).toHaveLength(2);
  });
});

test('a token that is not accepted while the issuer is down is not handed out again', async () => {
  const { ask, cache, issuer } = await warmScene(60);
  issuer.failure = down;

  cache.invalidate('token-1');

  await expect(ask()).rejects.toBe(down);
});

test('one that is not accepted just as a late call waits for the next is not handed out either', async () => {
  const { ask, cache, clock, issuer } = await warmScene(60);
  issuer.isSlow = true;
  issuer.failure = down;
  await clock.pass(55_000);
  const call = expect(ask()).rejects.toBe(down);

  cache.invalidate('token-1');
  issuer.answer();

  await call;
});

test('what goes wrong leaves no timer behind', async () => {
  const { ask, clock, issuer } = await warmScene(4);
  issuer.failure = down;
  await clock.pass(3700);
  const late = ask();
  await clock.pass(2000);
  const failing = expect(ask()).rejects.toBe(down);
  await clock.pass(500);

  await Promise.all([late, failing, turns()]);

  expect(clock.timers).toBe(0);
});
