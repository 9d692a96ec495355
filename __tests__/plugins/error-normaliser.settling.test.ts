import { inspect } from 'node:util';
import axios from 'axios';
import { HTTPClient, RequestException, type Plugin, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

const boom = new Error('boom');
const throwBoom = (): never => {
  throw boom;
};

/** What `Promise.reject` takes, though it should be an Error. */
const rejectWith: (reason: unknown) => Promise<never> = Promise.reject.bind(Promise);

/** A plugin of the attempt ring that runs `interceptor` before each attempt. */
function beforeAttempts(interceptor: Parameters<HTTPClient['axios']['interceptors']['request']['use']>[0]): Plugin {
  return {
    name: 'before-attempts',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(interceptor);
    },
  };
}

/** What a call to `/tickets` is rejected with. */
async function failureOf(client: HTTPClient, base: string, options?: RequestOptions): Promise<RequestException> {
  const error: unknown = await client.get(`${base}/tickets`, options).then(String, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RequestException);
  expect(error).toMatchObject({ method: 'GET', url: `${base}/tickets` });
  expect(axios.isAxiosError(error)).toBe(true);
  return error as RequestException;
}

describe('a function of the caller that throws', () => {
  test.each([
    { name: 'validateStatus', options: { validateStatus: throwBoom }, status: 200 },
    { name: 'validateStatus, on a 503', options: { validateStatus: throwBoom }, status: 503 },
    { name: 'transformResponse', options: { transformResponse: throwBoom }, status: 200 },
    { name: 'transformResponse, on a 503', options: { transformResponse: throwBoom }, status: 503 },
  ])('$name: the call is rejected, and not retried', async ({ options, status }) => {
    const api = await service([{ status, json: { id: 1 } }]);

    const error = await failureOf(new HTTPClient({ retry: { base: 0.001 } }), api.url, options);

    expect(error.cause).toBe(boom);
    expect(error.retryable).toBe(false);
    expect(error.attempts).toMatchObject([{ outcome: expect.anything() as string }]);
    expect(api.requests).toHaveLength(1);
  });

  test.each([200, 503])('a validateStatus that returns a promise does not accept a %d in silence', async (status) => {
    const api = await service([{ status, json: { id: 1 } }]);
    const validateStatus = (() => Promise.reject(boom)) as unknown as (status: number) => boolean;

    const error = await failureOf(new HTTPClient({ retry: { base: 0.001 }, validateStatus }), api.url);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retryable: false });
    expect(error.message).toContain('Option `validateStatus` must return true or false, got a promise');
    expect(api.requests).toHaveLength(1);
  });

  test('the rejection of an async transformResponse does not end the process after an error response', async () => {
    const api = await service([{ status: 503 }, { status: 404 }]);
    const onRejection = jest.fn();
    process.on('unhandledRejection', onRejection);

    const error = await failureOf(new HTTPClient({ retry: { base: 0.001 } }), api.url, {
      transformResponse: async () => Promise.reject(boom),
    });
    await new Promise(setImmediate);

    process.off('unhandledRejection', onRejection);
    expect(error).toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
    expect(onRejection).not.toHaveBeenCalled();
  });

  test.each([
    { name: 'transformRequest', options: { transformRequest: throwBoom } },
    { name: 'paramsSerializer', options: { paramsSerializer: throwBoom, params: new URLSearchParams() } },
  ])('$name: nothing is sent', async ({ options }) => {
    const api = await service();

    const error = await failureOf(new HTTPClient({ retry: { base: 0.001 } }), api.url, options);

    expect(error.retryable).toBe(false);
    expect(error.sent).not.toBe('yes');
    expect(api.requests).toEqual([]);
  });
});

describe('a request interceptor', () => {
  test.each([
    { name: 'throws', interceptor: throwBoom },
    { name: 'throws synchronously', interceptor: throwBoom, options: { synchronous: true } },
    { name: 'rejects', interceptor: async () => Promise.reject(boom) },
  ])('that $name: its error is the cause', async ({ interceptor, options }) => {
    const api = await service();
    const client = new HTTPClient({ retry: { base: 0.001 } });
    client.axios.interceptors.request.use(interceptor, undefined, options);

    const error = await failureOf(client, api.url);

    expect(error.cause).toBe(boom);
    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retries: 0, attempts: [], retryable: false });
    expect(error.message).toBe(`GET ${api.url}/tickets: an interceptor failed: boom`);
    expect(api.requests).toEqual([]);
  });

  const reasons: readonly { name: string; reason: unknown; words: string }[] = [
    { name: 'a string', reason: 'out of stamps', words: 'out of stamps' },
    { name: 'null', reason: null, words: 'null' },
    { name: 'undefined', reason: undefined, words: 'undefined' },
    { name: 'a plain object', reason: { status: 418 }, words: '[object Object]' },
  ];

  test.each(reasons)('that rejects with $name: an Error that says so is the cause', async ({ reason, words }) => {
    const api = await service();
    const client = new HTTPClient();
    client.axios.interceptors.request.use(async () => rejectWith(reason));

    const error = await failureOf(client, api.url);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', cause: { message: words } });
    expect(api.requests).toEqual([]);
  });

  test('that returns nothing', async () => {
    const api = await service();
    const client = new HTTPClient();
    client.axios.interceptors.request.use((() => undefined) as never);

    const error = await failureOf(client, api.url);

    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', cause: { name: 'TypeError' }, attempts: [] });
    expect(api.requests).toEqual([]);
  });
});

describe('a response interceptor', () => {
  test.each([
    { name: 'an answer', status: 200, handlers: [throwBoom] as const },
    { name: 'a failure', status: 404, handlers: [undefined, throwBoom] as const },
  ])('that throws at $name: its error is the cause', async ({ status, handlers }) => {
    const api = await service([{ status }]);
    const client = new HTTPClient({ retry: { base: 0.001 } });
    client.axios.interceptors.response.use(...handlers);

    const error = await failureOf(client, api.url);

    expect(error.cause).toBe(boom);
    expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', retries: 0, attempts: [{ outcome: status }] });
    expect(api.requests).toHaveLength(1);
  });
});

test('a plugin of the attempt ring that throws: nothing is sent, and nothing tried again', async () => {
  const api = await service();
  const client = new HTTPClient({ retry: { base: 0.001 }, plugins: [beforeAttempts(throwBoom)] });

  const error = await failureOf(client, api.url);

  expect(error.cause).toBe(boom);
  expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', attempts: [] });
  expect(api.requests).toEqual([]);
});

describe("another client's failure that an interceptor throws", () => {
  const SECRET = 'token-of-the-other-client';

  /** Calls in the name of this client that another one makes, and that fail as if they were worth a retry. */
  const CALLS = {
    axios: async (url: string) => axios.post(url, {}, { headers: { Authorization: `Bearer ${SECRET}` } }),
    HTTPClient: async (url: string) =>
      new HTTPClient({ token: SECRET, retry: { unsafeMethods: 'never' } }).post(url, { json: {} }),
  };

  test.each([
    { by: 'axios', place: 'request', sent: 0 },
    { by: 'axios', place: 'attempt', sent: 0 },
    { by: 'axios', place: 'response', sent: 1 },
    { by: 'HTTPClient', place: 'request', sent: 0 },
    { by: 'HTTPClient', place: 'attempt', sent: 0 },
    { by: 'HTTPClient', place: 'response', sent: 1 },
  ] as const)('$by, $place: is neither retried nor printed', async ({ by, place, sent }) => {
    const [api, other] = [await service(), await service([{ status: 503 }])];
    const failing = async <T>(value: T): Promise<T> => {
      await CALLS[by](`${other.url}/stamps`);
      return value;
    };
    const plugins = place === 'attempt' ? [beforeAttempts(failing)] : [];
    const client = new HTTPClient({ retry: { base: 0.001 }, plugins });
    if (place === 'request') client.axios.interceptors.request.use(failing);
    if (place === 'response') client.axios.interceptors.response.use(failing);

    const error = await failureOf(client, api.url);

    expect(error.code).toBe('INTERCEPTOR_FAILED');
    expect(error.cause).toMatchObject({ message: expect.stringContaining('503') as string });
    expect(error.attempts).toHaveLength(sent);
    expect(api.requests).toHaveLength(sent);
    expect(other.requests).toHaveLength(1);
    const inspected = inspect(error, { showHidden: true, customInspect: false, depth: Infinity });
    expect(inspected + inspect(error) + JSON.stringify([error, error.cause])).not.toContain(SECRET);
  });
});
