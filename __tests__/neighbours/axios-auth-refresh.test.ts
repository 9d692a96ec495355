import { createAuthRefresh } from 'axios-auth-refresh';
import { HTTPClient, HTTPError, RequestCancelled } from '../../src/index';
import { service, type Received, type Service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

/** Lets in whoever has the token `new`, but is down every other time. */
async function guardedService(): Promise<Service> {
  let asked = 0;
  return service(({ headers }: Received) => {
    if (++asked % 2 === 1) return { status: 503 };
    return headers.authorization === 'Bearer new' ? { json: { id: 1 } } : { status: 401 };
  });
}

function tokens({ requests }: Service): unknown[] {
  return requests.map(({ headers }) => headers.authorization);
}

test('a 401 is sent again with the token that the client has after the refresh', async () => {
  const api = await guardedService();
  let token = 'old';
  const client = new HTTPClient({ ...FAST, token: () => token });
  const refresh = jest.fn(async () => {
    token = 'new';
    return Promise.resolve();
  });
  createAuthRefresh(client.axios, refresh);

  expect(await client.getJson(api.url)).toEqual({ id: 1 });

  expect(tokens(api)).toEqual(['Bearer old', 'Bearer old', 'Bearer new', 'Bearer new']);
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('a token that the refresh writes into the failed request is kept on its retries', async () => {
  const api = await guardedService();
  const client = new HTTPClient({ ...FAST, token: () => 'old' });
  createAuthRefresh(client.axios, async (error: HTTPError) => {
    error.response.config.headers.Authorization = 'Bearer new';
    return Promise.resolve();
  });

  expect(await client.getJson(api.url)).toEqual({ id: 1 });
  expect(tokens(api)).toEqual(['Bearer old', 'Bearer old', 'Bearer new', 'Bearer new']);
});

test('a body and an idempotency key are sent again as they were', async () => {
  const api = await guardedService();
  let token = 'old';
  const client = new HTTPClient({ ...FAST, token: () => token });
  createAuthRefresh(client.axios, async () => {
    token = 'new';
    return Promise.resolve();
  });

  await client.post(api.url, { json: { title: 'New' } });

  expect(api.requests.map(({ body }) => body.toString())).toEqual(Array(4).fill('{"title":"New"}'));
  expect(new Set(api.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(api.requests.map(({ headers }) => headers['content-type'])).toEqual(Array(4).fill('application/json'));
});

test('calls that begin during a refresh wait for it', async () => {
  const api = await guardedService();
  let token = 'old';
  const client = new HTTPClient({ ...FAST, token: () => token });
  const during: Promise<unknown>[] = [];
  const refresh = jest.fn(async () => {
    await new Promise(setImmediate);
    during.push(client.getJson(api.url), client.getJson(api.url));
    await new Promise(setImmediate);
    token = 'new';
  });
  createAuthRefresh(client.axios, refresh);

  expect(await client.getJson(api.url)).toEqual({ id: 1 });

  expect(await Promise.all(during)).toEqual([{ id: 1 }, { id: 1 }]);
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(tokens(api).filter((sent) => sent === 'Bearer old')).toHaveLength(2);
});

test('a 401 that stays is an HTTPError', async () => {
  const api = await service([{ status: 401 }]);
  const client = new HTTPClient({ ...FAST, token: 'old' });
  createAuthRefresh(client.axios, async () => Promise.resolve());

  const call = client.get(api.url);

  await expect(call).rejects.toBeInstanceOf(HTTPError);
  await expect(call).rejects.toMatchObject({ status: 401, method: 'GET', retries: 0 });
  expect(api.requests).toHaveLength(2);
});

test("the caller's signal ends the call after a refresh too", async () => {
  const controller = new AbortController();
  const api = await service(({ headers }) => {
    if (headers.authorization !== 'Bearer new') return { status: 401 };
    setTimeout(() => {
      controller.abort();
    }, 5);
    return { delay: 500 };
  });
  let token = 'old';
  const client = new HTTPClient({ token: () => token });
  createAuthRefresh(client.axios, async () => {
    token = 'new';
    return Promise.resolve();
  });

  await expect(client.get(api.url, { signal: controller.signal })).rejects.toBeInstanceOf(RequestCancelled);
});
