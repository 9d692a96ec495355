import axios from 'axios';
import { HTTPClient, HTTPError, RequestException, type Plugin } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { service, type Answer } from '../support/service';

const FAST = { retry: { base: 0.001 } };
const FLAKY: Answer[] = [{ status: 503 }, { status: 503 }, { status: 503 }, { status: 200 }];

test('a failure on client.axios is an exception too, and an AxiosError', async () => {
  const api = await service([{ status: 404 }]);

  const failure: unknown = await new HTTPClient().axios.get(`${api.url}/users/1`).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(HTTPError);
  expect(axios.isAxiosError(failure)).toBe(true);
  expect(failure).toMatchObject({ code: 'CLIENT_ERROR', method: 'GET', url: `${api.url}/users/1`, status: 404 });
});

// axios's own core tells an interceptor nothing but the error.
testOfLeanCore.each([
  ['a transform of the response', { transformResponse: fails }],
  ['a transform of the request', { transformRequest: fails }],
  ['a transform, with parameters that axios merges', { transformResponse: fails, params: { a: { b: 1 } } }],
])('what %s throws on client.axios names the request, and has the journal', async (_, config) => {
  const api = await service();

  const failure: unknown = await new HTTPClient().axios.get(`${api.url}/u`, config).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET', cause: { message: 'bad data' } });
  expect(failure).toHaveProperty('message', expect.stringContaining(`GET ${api.url}/u`));
  expect(failure).toHaveProperty('attempts.0.outcome', 'INTERCEPTOR_FAILED');
});

testOfLeanCore('what an interceptor throws on client.axios names the request', async () => {
  const api = await service();
  const client = new HTTPClient();
  client.axios.interceptors.request.use(fails);

  const call = client.axios.get(`${api.url}/users`);

  await expect(call).rejects.toMatchObject({ method: 'GET', url: `${api.url}/users`, sent: 'no', attempts: [] });
});

test('interceptors of the user see the exception that the caller gets', async () => {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient(FAST);
  let seen: unknown;
  client.axios.interceptors.response.use(undefined, async (error: Error) => {
    seen = error;
    return Promise.reject(error);
  });

  const failure: unknown = await client.get(api.url).catch((error: unknown) => error);

  expect(seen).toBeInstanceOf(HTTPError);
  expect(failure).toBe(seen);
  expect(failure).not.toHaveProperty('cause');
});

test('an interceptor may put an answer in the place of a failure', async () => {
  const api = await service([{ status: 404 }]);
  const client = new HTTPClient();
  client.axios.interceptors.response.use(undefined, () => ({ data: 'none' }));

  expect(await client.getJson(api.url)).toEqual({ data: 'none' });
});

test('an exception says where the request went after the interceptors', async () => {
  const api = await service([{ status: 404 }]);
  const client = new HTTPClient({ baseURL: `${api.url}/v1` });
  client.axios.interceptors.request.use((config) => Object.assign(config, { method: 'delete', url: '/users/2' }));

  const call = client.get('/users/1', { params: { deep: true } });

  await expect(call).rejects.toMatchObject({ method: 'DELETE', url: `${api.url}/v1/users/2?deep=true` });
});

test.each([
  ['synchronous', true],
  ['asynchronous', false],
])('a %s request interceptor that throws runs once, and nothing is sent', async (_, synchronous) => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  let runs = 0;
  const bug = new Error('no tenant');
  client.axios.interceptors.request.use(
    () => {
      runs++;
      throw bug;
    },
    undefined,
    { synchronous },
  );

  const failure: unknown = await client.get(`${api.url}/users`).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(RequestException);
  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET', url: `${api.url}/users`, cause: bug });
  expect(runs).toBe(1);
  expect(api.requests).toHaveLength(0);
});

test('a response interceptor that throws runs once, and the answer is not asked for again', async () => {
  const api = await service(FLAKY);
  const client = new HTTPClient(FAST);
  let runs = 0;
  const bug = new Error('no envelope');
  client.axios.interceptors.response.use(() => {
    runs++;
    throw bug;
  });

  const failure: unknown = await client.get(api.url).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(RequestException);
  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET', retries: 3, cause: bug });
  expect(runs).toBe(1);
  expect(api.requests).toHaveLength(4);
});

test.each(['of the user', 'call', 'attempt'] as const)(
  'a request interceptor that returns nothing ends in an exception that says so: %s',
  async (ring) => {
    const api = await service();
    const install: Plugin['install'] = (http) => void http.interceptors.request.use((() => undefined) as never);
    const plugins = ring === 'of the user' ? [] : [{ name: 'silent', ring, install }];
    const client = new HTTPClient({ ...FAST, plugins });
    if (ring === 'of the user') install(client.axios);

    const failure: unknown = await client.get(api.url).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 'INTERCEPTOR_FAILED',
      message: expect.stringContaining('a request interceptor must return the config, got undefined') as unknown,
    });
    expect(api.requests).toHaveLength(0);
  },
);

test('what an interceptor throws ends the call, whatever it is', async () => {
  const api = await service();
  const client = new HTTPClient();
  client.axios.interceptors.response.use(() => {
    const words: unknown = 'no tenant';
    throw words;
  });

  const failure: unknown = await client.get(api.url).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(RequestException);
  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', retryable: false });
});

test('an interceptor that cancels ends the call as cancelled', async () => {
  const api = await service();
  const client = new HTTPClient();
  client.axios.interceptors.request.use(() => {
    throw new axios.CanceledError('logged out');
  });

  const call = client.get(`${api.url}/users`);

  await expect(call).rejects.toMatchObject({ name: 'RequestCancelled', method: 'GET', url: `${api.url}/users` });
  expect(api.requests).toHaveLength(0);
});

test('a failure of another axios client in an interceptor is not sent again as if it were the call', async () => {
  const api = await service();
  const other = await service([{ status: 503 }]);
  const client = new HTTPClient(FAST);
  client.axios.interceptors.request.use(async (config) => {
    await axios.get(other.url);
    return config;
  });

  const failure: unknown = await client.get(`${api.url}/users`).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET', url: `${api.url}/users`, retries: 0 });
  expect(other.requests).toHaveLength(1);
  expect(api.requests).toHaveLength(0);
});

test('a failure of another client of this package in an interceptor is the cause of this call failing', async () => {
  const api = await service();
  const other = await service([{ status: 404 }]);
  const client = new HTTPClient(FAST);
  const neighbour = new HTTPClient(FAST);
  client.axios.interceptors.request.use(async (config) => {
    await neighbour.get(`${other.url}/tenant`);
    return config;
  });

  const failure: unknown = await client.get(`${api.url}/users`).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', url: `${api.url}/users`, retries: 0 });
  expect((failure as Error).cause).toMatchObject({ code: 'CLIENT_ERROR', url: `${other.url}/tenant` });
  expect(api.requests).toHaveLength(0);
});

function fails(): never {
  throw new Error('bad data');
}
