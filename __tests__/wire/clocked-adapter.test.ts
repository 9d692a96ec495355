import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { DeadlineExceeded, HTTPClient, RequestCancelled, Timeout, type RequestException } from '../../src/index';
import { service } from '../support/service';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});

afterEach(() => {
  jest.useRealTimers();
});

const URL_ = 'http://api.test/';

const hang: AxiosAdapter = async () => new Promise(() => undefined);

function answer(config: InternalAxiosRequestConfig): AxiosResponse {
  return { status: 200, statusText: 'OK', headers: {}, data: 'body', config };
}

async function failureAfter(milliseconds: number, call: Promise<unknown>): Promise<RequestException> {
  const outcome = call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );
  await jest.advanceTimersByTimeAsync(milliseconds);
  return outcome;
}

describe('an adapter that never settles times out', () => {
  const makers: [string, () => Promise<unknown>][] = [
    ['given to the client', async () => new HTTPClient({ adapter: hang, retryAttempts: 0 }).get(URL_)],
    ['given to the call', async () => new HTTPClient({ retryAttempts: 0 }).get(URL_, { adapter: hang })],
    [
      'put into the defaults later',
      async () => {
        const client = new HTTPClient({ retryAttempts: 0 });
        client.axios.defaults.adapter = hang;
        return client.get(URL_);
      },
    ],
  ];

  test.each(makers)('where it was %s', async (_, call) => {
    const error = await failureAfter(5000, call());

    expect(error).toBeInstanceOf(Timeout);
    expect(error).toMatchObject({ code: 'TIMEOUT', phase: 'headers', sent: 'maybe', elapsed: 5 });
    expect(error.attempts).toMatchObject([{ outcome: 'TIMEOUT', elapsed: 5 }]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('the adapter is told to stop, and the timeout is retried', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const adapter: AxiosAdapter = async (config) => {
    signals.push(config.signal as AbortSignal | undefined);
    return signals.length === 1 ? hang(config) : answer(config);
  };
  const call = new HTTPClient({ adapter, timeout: 1 }).get(URL_);

  await jest.advanceTimersByTimeAsync(1500);

  expect(await call).toMatchObject({ status: 200, retries: 1 });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
});

test('the deadline ends an adapter too', async () => {
  const error = await failureAfter(700, new HTTPClient({ adapter: hang, deadline: 0.7 }).get(URL_));

  expect(error).toBeInstanceOf(DeadlineExceeded);
  expect(error).toMatchObject({ phase: 'headers', elapsed: 0.7 });
});

test("the caller's signal ends an adapter that does not look at it", async () => {
  const controller = new AbortController();
  const call = new HTTPClient({ adapter: hang }).get(URL_, { signal: controller.signal });
  setTimeout(() => {
    controller.abort(new Error('no longer wanted'));
  }, 200);

  const error = await failureAfter(200, call);

  expect(error).toBeInstanceOf(RequestCancelled);
  expect(error).toMatchObject({ code: 'CANCELLED', sent: 'maybe', cause: { message: 'no longer wanted' } });
  expect(jest.getTimerCount()).toBe(0);
});

test('an adapter sees no timer of axios, and the config is afterwards as it was', async () => {
  const seen: unknown[] = [];
  const adapter: AxiosAdapter = async (config) => {
    seen.push(config.timeout);
    return Promise.resolve(answer(config));
  };
  const { signal } = new AbortController();

  const response = await new HTTPClient({ adapter, timeout: 2 }).get(URL_, { signal });

  expect(seen).toEqual([0]);
  expect(response.config.timeout).toBe(2000);
  expect(response.config.signal?.aborted).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});

test.each([
  ['throws', () => { throw new Error('broken'); }], // prettier-ignore
  ['rejects', async () => Promise.reject(new Error('broken'))],
] as const)('an adapter that %s leaves no timer', async (_, adapter) => {
  const error = await failureAfter(0, new HTTPClient({ adapter }).get(URL_));

  expect(error).toMatchObject({ code: 'REQUEST_FAILED', cause: { message: 'broken' } });
  expect(jest.getTimerCount()).toBe(0);
});

test('the line of an attempt whose adapter broke is closed', async () => {
  const adapter: AxiosAdapter = async () => Promise.reject(new Error('broken'));

  const error = await failureAfter(0, new HTTPClient({ adapter }).get(URL_));

  expect(error.attempts).toMatchObject([{ outcome: 'REQUEST_FAILED', decision: 'fail', reason: 'not-retryable' }]);
});

test("a network error that an adapter passes on as Node's own is retried", async () => {
  let attempts = 0;
  const adapter: AxiosAdapter = async (config) => {
    if (++attempts > 1) return Promise.resolve(answer(config));
    return Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  };
  const call = new HTTPClient({ adapter }).get(URL_);
  const outcome = call.catch((error: unknown) => error);

  await jest.advanceTimersByTimeAsync(500);

  expect(await outcome).toMatchObject({ status: 200, retries: 1 });
});

test.each(['http', 'fetch'] as const)("axios's own %s adapter, given by name, has the same clock", async (adapter) => {
  jest.useRealTimers();
  const closed = jest.fn();
  const api = await service([
    {
      handle: (_, response) => {
        response.once('close', closed);
      },
    },
    { body: 'late' },
  ]);
  const client = new HTTPClient({ adapter, timeout: 0.4, retry: { base: 0.02 } });

  expect(await client.get(api.url)).toMatchObject({ data: 'late', retries: 1 });
  expect(closed).toHaveBeenCalledTimes(1);
});
