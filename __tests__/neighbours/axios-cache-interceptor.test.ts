import type { AxiosRequestConfig } from 'axios';
import { setupCache } from 'axios-cache-interceptor';
import { HTTPClient, HTTPError, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

test('an answer that took a retry is cached, and the next call is served from the cache', async () => {
  const api = await service([{ status: 503 }, { json: { id: 1 } }, { json: { id: 2 } }]);
  const client = new HTTPClient(FAST);
  const cached = setupCache(client.axios);

  const first = await cached.get(`${api.url}/users/1`);
  const second = await cached.get(`${api.url}/users/1`);

  expect(first).toMatchObject({ data: { id: 1 }, cached: false });
  expect(second).toMatchObject({ data: { id: 1 }, cached: true });
  expect(api.requests).toHaveLength(2);
});

test('the methods of the client are served from the cache as well', async () => {
  const api = await service([{ status: 503 }, { json: { id: 1 } }, { json: { id: 2 } }]);
  const client = new HTTPClient(FAST);
  setupCache(client.axios);

  expect(await client.getJson(`${api.url}/users/1`)).toEqual({ id: 1 });
  const second = await client.get(`${api.url}/users/1`);

  expect(second.json()).toEqual({ id: 1 });
  expect(second).toMatchObject({ retries: 0, cached: true });
  expect(api.requests).toHaveLength(2);
});

test('options of the cache are let through', async () => {
  const api = await service();
  const client = new HTTPClient(FAST);
  setupCache(client.axios);
  const uncached = { id: 'users', cache: false } as RequestOptions & AxiosRequestConfig;

  await client.get(api.url, uncached as RequestOptions);
  await client.get(api.url, uncached as RequestOptions);

  expect(api.requests).toHaveLength(2);
});

test('calls at once for the same thing share one request and its retries', async () => {
  const api = await service([{ status: 503 }, { json: { id: 1 }, delay: 5 }, { json: { id: 2 } }]);
  const client = new HTTPClient(FAST);
  setupCache(client.axios);

  const answers = await Promise.all([1, 2, 3].map(async () => client.getJson(`${api.url}/users/1`)));

  expect(answers).toEqual(Array(3).fill({ id: 1 }));
  expect(api.requests).toHaveLength(2);
});

test.each([
  ['a status', { status: 404 }, { code: 'CLIENT_ERROR', status: 404 }],
  ['a timeout', { delay: 1000 }, { code: 'TIMEOUT' }],
])('calls at once for the same thing share its failure: %s', async (_, answer, expected) => {
  const api = await service(() => answer);
  const client = new HTTPClient({ baseURL: api.url, timeout: 0.1, retryAttempts: 0 });
  setupCache(client.axios);

  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(async () => client.get('/users/{id}', { pathParams: { id: 1 } })),
  );

  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: expect.objectContaining(expected) as unknown }));
  expect(api.requests).toHaveLength(1);
});

test('a call whose caller has cancelled does not cancel those that wait for it', async () => {
  const api = await service(() => ({ delay: 1000 }));
  const client = new HTTPClient({ baseURL: api.url });
  setupCache(client.axios);
  const first = new AbortController();
  const outcomes = Promise.allSettled([client.get('/users', { signal: first.signal }), client.get('/users')]);
  await new Promise((go) => setTimeout(go, 20));

  first.abort();

  expect(await outcomes).toMatchObject([
    { reason: { code: 'CANCELLED' } },
    { reason: { code: 'INTERCEPTOR_FAILED', cause: { code: 'CANCELLED' } } },
  ]);
});

test('a call that is given up is not cached, and does not hang the next', async () => {
  const api = await service([...Array<{ status: number }>(4).fill({ status: 503 }), { json: { id: 1 } }]);
  const client = new HTTPClient(FAST);
  setupCache(client.axios);

  await expect(client.get(`${api.url}/users/1`)).rejects.toBeInstanceOf(HTTPError);

  expect(await client.getJson(`${api.url}/users/1`)).toEqual({ id: 1 });
  expect(api.requests).toHaveLength(5);
});
