import { runInContext, verifyToken } from '../../../src/index';
import { NAMES, pair, reasonOf, tokenOf, type Pair } from '../../support/key-pairs';
import { service, type Answer } from '../../support/service';

const [first, second] = [pair('first'), pair('second')];

function setOf(...pairs: readonly Pair[]): Answer {
  return { json: { keys: pairs.map(({ jwk }) => jwk) } };
}

/** It takes the request, and never responds. */
const HANGS: Answer = { delay: Infinity };

/** It is `seconds` after the test began, on the clock that is never set. */
function passTime(seconds: number): void {
  jest.restoreAllMocks();
  const now = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => now() + seconds * 1000);
}

afterEach(() => {
  jest.restoreAllMocks();
});

test('an issuer that hangs stops no token whose key is known', async () => {
  const keys = await service([setOf(first), HANGS]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));

  passTime(601);
  const ask = async (): Promise<unknown> =>
    runInContext({ deadline: performance.now() + 4000 }, async () => reasonOf(verify(tokenOf(first, 'first'))));

  expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(Array(20).fill('accepted'));
  expect(await ask()).toBe('accepted');
  expect(keys.requests).toHaveLength(2);
});

test('while the issuer is known to be down, no call waits for the set', async () => {
  const keys = await service([setOf(first), { status: 503 }, { ...setOf(second), delay: 30 }]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));
  passTime(601);
  await verify(tokenOf(first, 'first'));

  passTime(632);
  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');
  while ((await reasonOf(verify(tokenOf(first, 'first')))) === 'accepted') {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  expect(await reasonOf(verify(tokenOf(second, 'second')))).toBe('accepted');
});

test('a new key that cannot be fetched is not the fault of its token, and found a second after the issuer is back', async () => {
  const keys = await service([setOf(first), { status: 503 }, setOf(first, second)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  const ask = async (): Promise<unknown> => reasonOf(verify(tokenOf(second, 'second')));
  await verify(tokenOf(first, 'first'));

  passTime(31);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill('KEYS_UNAVAILABLE: SERVER_ERROR'));
  expect(await ask()).toBe('KEYS_UNAVAILABLE: SERVER_ERROR');
  expect(keys.requests).toHaveLength(2);
  passTime(32.2);

  expect(await ask()).toBe('accepted');
  expect(await reasonOf(verify(tokenOf(first, 'third')))).toBe('unknown-key');
  expect(keys.requests).toHaveLength(3);
});

test('an outage that is long past does not keep a key that was withdrawn since', async () => {
  const keys = await service([setOf(first), { status: 503 }, setOf(second)]);
  const verify = verifyToken({ jwks: keys.url, ...NAMES });
  await verify(tokenOf(first, 'first'));
  passTime(601);
  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('accepted');

  passTime(86_400);

  expect(await reasonOf(verify(tokenOf(first, 'first')))).toBe('unknown-key');
});
