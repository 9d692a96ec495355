import { isRequestException, verifyToken } from '../../../src/index';
import { NAMES, pair, reasonOf, tokenOf } from '../../support/key-pairs';
import { type Answer, service } from '../../support/service';

const first = pair('first');

afterEach(() => {
  jest.restoreAllMocks();
});

test.each<[string, Answer, string]>([
  ['no JSON', { body: '<html>' }, 'the response is not a key set'],
  ['no key set', { json: { keys: 'none' } }, 'the response is not a key set'],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, '302'],
  ['too large', { body: 'x'.repeat(1024 * 1024 + 1) }, 'the body is larger than'],
])('an answer that is %s is an error of the client', async (_, answer, message) => {
  const keys = await service([answer]);

  const error: unknown = await verifyToken({ jwks: keys.url, ...NAMES })(tokenOf(first)).catch(
    (thrown: unknown) => thrown,
  );

  expect(isRequestException(error)).toBe(true);
  expect((error as Error).message).toContain(message);
  expect(keys.requests).toHaveLength(1);
});

test('a set that does not come is given up after three times five seconds and the waits between', async () => {
  const keys = await service([{ delay: 60_000 }]);
  jest.useFakeTimers({
    advanceTimers: 50,
    doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'],
  });

  const reason = reasonOf(verifyToken({ jwks: keys.url, ...NAMES })(tokenOf(first)));
  for (let second = 0; second < 20; second++) {
    await jest.advanceTimersByTimeAsync(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  jest.useRealTimers();

  expect(await reason).toBe('KEYS_UNAVAILABLE: TIMEOUT');
});
