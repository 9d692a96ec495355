import { AxiosError, AxiosHeaders, type AxiosAdapter } from 'axios';
import { HTTPClient, type HTTPClientOptions, type HTTPResponse, type RequestException } from '../../src/index';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'], now: Date.UTC(2025, 10, 20, 12) });
});

afterEach(() => {
  jest.useRealTimers();
});

type Outcome = number | string | { readonly status: number; readonly retryAfter: string };

/** An API inside the process: gives `outcomes` (statuses or Node's error codes) in turn, the last one for ever. */
class ScriptedAPI {
  /** Milliseconds at which each attempt came in. */
  readonly times: number[] = [];
  readonly #start = performance.now();

  constructor(private readonly outcomes: readonly Outcome[]) {}

  client(options: HTTPClientOptions = {}): HTTPClient {
    return new HTTPClient({ adapter: this.#adapter, ...options });
  }

  readonly #adapter: AxiosAdapter = async (config) => {
    this.times.push(performance.now() - this.#start);
    const outcome = this.outcomes[Math.min(this.times.length, this.outcomes.length) - 1] ?? 200;
    if (outcome === 'HANG') return new Promise(() => undefined);
    if (typeof outcome === 'string') {
      const cause = Object.assign(new Error(outcome), { code: outcome, errno: -1 });
      throw AxiosError.from(cause, outcome, config);
    }
    const { status, retryAfter } = typeof outcome === 'number' ? { status: outcome, retryAfter: undefined } : outcome;
    const headers = new AxiosHeaders(retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    const response = { status, statusText: '', headers, data: '', config };
    if (config.validateStatus?.(status) === true) return Promise.resolve(response);
    throw new AxiosError(`Request failed with status code ${status}`, undefined, config, undefined, response);
  };
}

const URL_ = 'http://api.test/things';

/** Lets `milliseconds` pass and gives what the call came to. */
async function after<T>(milliseconds: number, call: Promise<T>): Promise<T | RequestException> {
  const outcome = call.catch((error: unknown) => error as RequestException);
  await jest.advanceTimersByTimeAsync(milliseconds);
  return outcome;
}

async function failureAfter(milliseconds: number, call: Promise<unknown>): Promise<RequestException> {
  return (await after(milliseconds, call)) as RequestException;
}

describe('what is retried', () => {
  test.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
    '%s is retried after 0.5, 1 and 2 s, then fails',
    async (verb) => {
      const api = new ScriptedAPI([503]);

      const error = await failureAfter(3500, api.client()[verb](URL_));

      expect(api.times).toEqual([0, 500, 1500, 3500]);
      expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 503, retries: 3, elapsed: 3.5 });
      expect(error.attempts.map(({ decision, reason, wait }) => [decision, reason, wait])).toEqual([
        ['retry', 'SERVER_ERROR', 0.5],
        ['retry', 'SERVER_ERROR', 1],
        ['retry', 'SERVER_ERROR', 2],
        ['fail', 'retries-exhausted', undefined],
      ]);
      expect(jest.getTimerCount()).toBe(0);
    },
  );

  test.each([429, 500, 501, 502, 503, 504, 599, 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'])(
    '%s is retried, and the answer that comes then is the outcome',
    async (outcome) => {
      const api = new ScriptedAPI([outcome, outcome, 200]);

      const response = await after(1500, api.client().get(URL_));

      expect(api.times).toEqual([0, 500, 1500]);
      expect(response).toMatchObject({ status: 200, retries: 2, elapsed: 1.5 });
    },
  );

  test('a timeout is retried, and each attempt has the whole of it', async () => {
    const api = new ScriptedAPI(['HANG', 'HANG', 200]);

    const response = await after(11_500, api.client().get(URL_));

    expect(api.times).toEqual([0, 5500, 11_500]);
    expect(response).toMatchObject({ status: 200, retries: 2 });
  });

  test.each([400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 425, 451])('%i is not retried', async (status) => {
    const api = new ScriptedAPI([status]);

    const error = await failureAfter(0, api.client().get(URL_));

    expect(api.times).toEqual([0]);
    expect(error).toMatchObject({ code: 'CLIENT_ERROR', status, retries: 0 });
    expect(error.attempts).toMatchObject([{ outcome: status, decision: 'fail', reason: 'not-retryable' }]);
  });

  test.each(['CERT_HAS_EXPIRED', 'EPROTO', 'HPE_INVALID_CONSTANT', 'ERR_UNESCAPED_CHARACTERS', 'Z_DATA_ERROR'])(
    '%s is not retried',
    async (code) => {
      const api = new ScriptedAPI([code]);

      const error = await failureAfter(0, api.client().get(URL_));

      expect(api.times).toEqual([0]);
      expect(error.attempts).toMatchObject([{ decision: 'fail', reason: 'not-retryable' }]);
    },
  );

  test('a success is not retried', async () => {
    const api = new ScriptedAPI([200]);

    expect(await after(0, api.client().get(URL_))).toMatchObject({ status: 200, retries: 0 });
    expect(api.times).toEqual([0]);
  });
});

describe('how often', () => {
  const FIVE = [0, 500, 1500, 3500, 7500, 15_500];

  test.each([
    ['the client says 5', { retryAttempts: 5 }, {}, FIVE],
    ['the call says 5', {}, { retryAttempts: 5 }, FIVE],
    ['the client says 0', { retryAttempts: 0 }, {}, [0]],
    ['the call says 0', {}, { retryAttempts: 0 }, [0]],
    ['the call comes before the client', { retryAttempts: 0 }, { retryAttempts: 1 }, [0, 500]],
    ['undefined is the default', { retryAttempts: undefined }, { retryAttempts: undefined }, [0, 500, 1500, 3500]],
  ])('%s', async (_, options, callOptions, times) => {
    const api = new ScriptedAPI([503]);

    const error = await failureAfter(16_000, api.client(options).get(URL_, callOptions));

    expect(api.times).toEqual(times);
    expect(error.retries).toBe(times.length - 1);
    expect(error.attempts.at(-1)?.reason).toBe(times.length === 1 ? 'retries-disabled' : 'retries-exhausted');
  });

  test('base, factor and cap shape the waits', async () => {
    const api = new ScriptedAPI([503]);

    await after(10_000, api.client({ retry: { base: 0.1, factor: 3, cap: 0.5 } }).get(URL_));

    expect(api.times).toEqual([0, 100, 400, 900]);
  });

  test('calls on `axios` are retried alike', async () => {
    const api = new ScriptedAPI([503]);

    const error = await failureAfter(500, api.client().axios.get(URL_, { retryAttempts: 1 }));

    expect(api.times).toEqual([0, 500]);
    expect(error.retries).toBe(1);
  });
});

describe('Retry-After', () => {
  test.each([
    ['3', 3000],
    ['30', 30_000],
    ['2.5', 2500],
    ['Thu, 20 Nov 2025 12:00:04 GMT', 4000],
    ['Thursday, 20-Nov-25 12:00:05 GMT', 5000],
    ['Thu Nov 20 12:00:06 2025', 6000],
  ])('%s lengthens the wait to %i ms', async (retryAfter, wait) => {
    for (const status of [429, 503]) {
      jest.setSystemTime(Date.UTC(2025, 10, 20, 12));
      const api = new ScriptedAPI([{ status, retryAfter }, 200]);

      const response = await after(wait, api.client().get(URL_));

      expect(api.times).toEqual([0, wait]);
      expect(response).toMatchObject({ status: 200, retries: 1 });
    }
  });

  test.each(['0', '1e3', '0x10', '1,5', 'Infinity', '-5', '', 'soon', 'Thu, 20 Nov 2025 11:00:00 GMT'])(
    '%j changes nothing',
    async (retryAfter) => {
      const api = new ScriptedAPI([{ status: 429, retryAfter }, 200]);

      await after(500, api.client().get(URL_));

      expect(api.times).toEqual([0, 500]);
    },
  );

  test.each(['31', '99999999', 'Thu, 20 Nov 2025 12:00:31 GMT'])('%s fails at once', async (retryAfter) => {
    const api = new ScriptedAPI([{ status: 503, retryAfter }]);

    const error = await failureAfter(0, api.client().get(URL_));

    expect(error).toMatchObject({ code: 'SERVER_ERROR', retries: 0, elapsed: 0 });
    expect(error.retryAfter).toBeGreaterThanOrEqual(31);
    expect(error.attempts).toMatchObject([{ decision: 'fail', reason: 'retry-after-too-long' }]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('maxRetryAfter sets how long is too long', async () => {
    const api = new ScriptedAPI([{ status: 503, retryAfter: '60' }, 200]);

    await after(60_000, api.client({ retry: { maxRetryAfter: 60 } }).get(URL_));

    expect(api.times).toEqual([0, 60_000]);
  });

  test('past the deadline it fails at once', async () => {
    const api = new ScriptedAPI([{ status: 429, retryAfter: '10' }]);

    const error = await failureAfter(0, api.client({ deadline: 10 }).get(URL_));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retryAfter: 10, elapsed: 0, retries: 0 });
    expect(error.response?.status).toBe(429);
    expect(error.cause).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect(error.attempts).toMatchObject([{ outcome: 429, decision: 'fail', reason: 'deadline' }]);
  });
});

describe('POST, when a repetition could do harm', () => {
  test.each([
    ['always', 'ECONNREFUSED', 2],
    ['always', 'ECONNRESET', 2],
    ['always', 503, 2],
    ['when-not-sent', 'ECONNREFUSED', 2],
    ['when-not-sent', 'ECONNRESET', 1],
    ['when-not-sent', 503, 1],
    ['never', 'ECONNREFUSED', 1],
    ['never', 'ECONNRESET', 1],
    ['never', 503, 1],
  ] as const)('%s, %s: %i attempts; PUT and GET are retried', async (unsafeMethods, outcome, attempts) => {
    for (const [verb, expected] of [
      ['post', attempts],
      ['patch', attempts],
      ['put', 2],
      ['get', 2],
    ] as const) {
      const api = new ScriptedAPI([outcome, 200]);

      const result = await after(500, api.client({ retry: { unsafeMethods } })[verb](URL_));

      expect([verb, api.times.length]).toEqual([verb, expected]);
      if (expected === 1) expect((result as RequestException).attempts).toMatchObject([{ reason: 'unsafe-method' }]);
    }
  });
});

describe('a call that is cancelled in the wait', () => {
  test('returns at once, makes no further attempt, and counts the retries made', async () => {
    const api = new ScriptedAPI([503]);
    const controller = new AbortController();
    const call = api.client().get(URL_, { signal: controller.signal });
    call.catch(() => undefined);

    await jest.advanceTimersByTimeAsync(900);
    controller.abort();
    const error = await failureAfter(0, call);

    expect(error).toMatchObject({ code: 'CANCELLED', name: 'RequestCancelled', retries: 1, elapsed: 0.9 });
    expect(error.attempts).toMatchObject([
      { outcome: 503, decision: 'retry', wait: 0.5 },
      { outcome: 503, decision: 'retry', wait: 1 },
    ]);
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(api.times).toEqual([0, 500]);
  });

  test('by a timeout signal is past its deadline, and the last failure is the cause', async () => {
    const api = new ScriptedAPI([503]);
    const controller = new AbortController();
    const call = api.client().get(URL_, { signal: controller.signal });
    call.catch(() => undefined);

    await jest.advanceTimersByTimeAsync(100);
    controller.abort(new DOMException('too late', 'TimeoutError'));

    expect(await failureAfter(0, call)).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      retries: 0,
      cause: { code: 'SERVER_ERROR' },
    });
  });
});

test('a response tells the retries of its own call, not of the client', async () => {
  const client = new ScriptedAPI([503, 200, 200]).client();

  const first = (await after(500, client.get(URL_))) as HTTPResponse;
  const second = (await after(0, client.get(URL_))) as HTTPResponse;

  expect([first.retries, second.retries]).toEqual([1, 0]);
});
