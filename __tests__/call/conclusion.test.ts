import { HTTPClient, OriginStates, type HTTPClientOptions, type RequestException } from '../../src/index';
import { mockClient, type MockAnswer } from '../../src/testing/index';
import { testOfLeanCore } from '../support/lean-only';
import { failure } from '../support/outcome';
import { service } from '../support/service';

// Why a retry is held back may come up while the call waits: another call, begun during that wait, brings it about.

const URL_ = 'http://users/';
const DOWN = { status: 503 };

interface Obstacle extends HTTPClientOptions {
  /** What the service answers the other call. */
  readonly answer?: MockAnswer;
}

const OBSTACLES: readonly (readonly [string, Obstacle])[] = [
  ['retry-budget', { retry: { budget: { reserve: 1, ratio: 0, refill: 0 } } }],
  ['circuit-open', { circuitBreaker: { minimumCalls: 2 } }],
  ['origin-closed', { answer: { status: 429, headers: { 'Retry-After': '60' } } }],
  ['queue-full', { concurrency: { limit: 1, queue: 0 }, answer: { delay: Infinity } }],
  ['rate-limited', { rateLimit: { rate: 0.1, burst: 2, maxWait: 0 } }],
];

describe('in virtual time', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  // axios's own core takes more turns of the event loop than the clock is moved.
  testOfLeanCore.each(OBSTACLES)(
    '%s: the call fails as its last attempt did, and the journal has the reason',
    async (...row) => {
      const [reason, { answer = DOWN, ...options }] = row;
      const origins = new OriginStates();
      const client = mockClient([DOWN], { ...options, origins, retry: { ...options.retry, base: 0.5 } });
      const another = mockClient([answer], { ...options, origins, retryAttempts: 1 });
      const isOver = new AbortController();

      const call = failure(client.get(URL_));
      await jest.advanceTimersByTimeAsync(100);
      const other = failure(another.get(URL_, { signal: isOver.signal }));
      await jest.advanceTimersByTimeAsync(400);
      const error = await call;
      isOver.abort();
      await other;

      expect(error).toMatchObject({ name: 'HTTPError', code: 'SERVER_ERROR', status: 503, retries: 0 });
      expect(error.attempts).toHaveLength(1);
      expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'fail', reason, wait: 0.5 }]);
      expect(client.calls.flatMap(({ requests }) => requests)).toHaveLength(1);
    },
  );
});

describe.each([
  ['the transport', {}],
  ["axios's own adapter", { onDownloadProgress: () => undefined }],
])('over %s', (_, callOptions) => {
  /** The first of two calls whose first attempts fail at the same time; the second opens the circuit. */
  async function circuitOpened(options: HTTPClientOptions): Promise<RequestException> {
    const api = await service([DOWN]);
    const client = new HTTPClient({ token: null, baseURL: api.url, circuitBreaker: { minimumCalls: 2 }, ...options });
    let other: Promise<unknown> | undefined;
    const onRetry = (): void => {
      other = failure(client.get('/', { ...callOptions, retryAttempts: 0, retry: { onRetry: undefined } }));
    };
    const error = await failure(client.get('/', { ...callOptions, retry: { onRetry } }));
    await other;
    return error;
  }

  test('the circuit opens during the wait', async () => {
    const error = await circuitOpened({ retry: { base: 0.3 } });

    expect(error).toMatchObject({ status: 503, retries: 0, attempts: [{ decision: 'fail', reason: 'circuit-open' }] });
  });
});
