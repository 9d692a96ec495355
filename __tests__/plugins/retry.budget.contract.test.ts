import { testOfLeanCore } from '../support/lean-only';
import { mockClient, type MockAnswer } from '../../src/testing/index';
import { turns } from '../support/virtual-clock';
import { failure } from '../support/outcome';

// With all defaults, what the contract says of retries holds for a single caller of a service that fails.

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
});

interface Upstream {
  /** Seconds from the beginning of a call to each of its requests. */
  call(): Promise<number[]>;
}

/** A service that always gives one answer, and a client of it. */
function upstream(answer: MockAnswer): Upstream {
  const times: number[] = [];
  const client = mockClient(
    ({ at }) => {
      times.push(at);
      return answer;
    },
    { retry: { base: 0.5 } },
  );
  return {
    async call() {
      times.length = 0;
      const before = performance.now();
      let made: number | undefined;
      const outcome = failure(client.get('http://users/')).then(({ retries }) => (made = retries));
      while (made === undefined) {
        // In steps, because a response of the mock takes some turns of the event loop.
        await jest.advanceTimersByTimeAsync(250);
        for (let turn = 0; turn < 5; turn += 1) await turns();
      }
      expect(await outcome).toBe(times.length - 1);
      return times.map((at) => Math.round(at - before) / 1000);
    },
  };
}

// axios's own core takes more turns of the event loop than the clock is moved.
testOfLeanCore.each<[string, MockAnswer]>([
  ['responds with 503', { status: 503 }],
  ['responds with 500', { status: 500 }],
  ['breaks the connection', { error: 'ECONNRESET' }],
])('a service that always %s gets 4 requests, after 0.5, 1 and 2 s, of each of three calls', async (_, answer) => {
  const users = upstream(answer);

  for (const _call of [1, 2, 3]) expect(await users.call()).toEqual([0, 0.5, 1.5, 3.5]);
});

test('calls that go on like that are hardly retried', async () => {
  const users = upstream({ status: 503 });
  for (const _call of [1, 2, 3]) await users.call();

  const later = [];
  for (const _call of [4, 5, 6, 7, 8, 9]) later.push((await users.call()).length);

  // The tenth token, and one each 50 s.
  expect(later.reduce((sum, attempts) => sum + attempts - 1, 0)).toBeLessThanOrEqual(10);
  expect(Math.max(...later)).toBeLessThan(4);
});

testOfLeanCore(
  'a service that is too slow gets the 4 requests of one call, with the whole timeout for each',
  async () => {
    const users = upstream({ delay: Infinity });

    expect(await users.call()).toEqual([0, 5.5, 11.5, 18.5]);
    expect(await users.call()).toEqual([0]);
  },
);

test.each([
  ['a service that asks for it, by Retry-After,', { status: 503, headers: { 'Retry-After': '3' } }],
  ['a service that cannot be reached', { error: 'ECONNREFUSED' }],
] as const)('%s gets all retries of every call', async (_, answer) => {
  const users = upstream(answer);

  for (let calls = 0; calls < 5; calls += 1) expect(await users.call()).toHaveLength(4);
});
