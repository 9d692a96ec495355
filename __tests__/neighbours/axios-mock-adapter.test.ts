import MockAdapter from 'axios-mock-adapter';
import { ConnectionError, HTTPClient, Timeout } from '../../src/index';
import { failure } from '../support/outcome';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

test('a sequence of replies is played to the retries, and no attempt reaches the network', async () => {
  const api = await service();
  const client = new HTTPClient({ ...FAST, token: 'x' });
  const mock = new MockAdapter(client.axios);
  mock.onGet(`${api.url}/users`).replyOnce(503).onGet(`${api.url}/users`).replyOnce(200, { id: 1 });

  const response = await client.get(`${api.url}/users`, { params: { page: 2 } });

  expect(response).toMatchObject({ status: 200, data: { id: 1 }, retries: 1 });
  expect(mock.history.get).toHaveLength(2);
  for (const { headers, params } of mock.history.get) {
    expect(headers?.Authorization).toBe('Bearer x');
    expect(params).toEqual({ page: 2 });
  }
  expect(api.requests).toHaveLength(0);
});

test('every attempt of a call that is given up is in the history', async () => {
  const client = new HTTPClient(FAST);
  const mock = new MockAdapter(client.axios);
  mock.onPost('http://user-service/users', { name: 'Ada' }).reply(503, { detail: 'down' });

  const call = client.post('http://user-service/users', { json: { name: 'Ada' } });

  await expect(call).rejects.toMatchObject({
    code: 'SERVER_ERROR',
    retries: 3,
    response: { data: { detail: 'down' } },
  });
  expect(mock.history.post.map(({ data }) => data as unknown)).toEqual(Array(4).fill('{"name":"Ada"}'));
});

test('timeout() is a Timeout, and is retried', async () => {
  const client = new HTTPClient(FAST);
  const mock = new MockAdapter(client.axios);
  mock.onGet('http://user-service/users').timeoutOnce().onGet().replyOnce(200, 'ok');

  expect((await client.get('http://user-service/users')).retries).toBe(1);

  mock.onGet('http://user-service/users').timeout();
  const call = client.get('http://user-service/users');

  await expect(call).rejects.toBeInstanceOf(Timeout);
  await expect(call).rejects.toMatchObject({ code: 'TIMEOUT', retries: 3 });
});

test('networkError() is a ConnectionError, and is retried', async () => {
  const client = new HTTPClient(FAST);
  const mock = new MockAdapter(client.axios);
  mock.onGet('http://user-service/users').networkErrorOnce().onGet().replyOnce(200, 'ok').onGet().networkError();

  expect((await client.get('http://user-service/users')).retries).toBe(1);
  const call = client.get('http://user-service/users');

  await expect(call).rejects.toBeInstanceOf(ConnectionError);
  await expect(call).rejects.toMatchObject({ code: 'CONNECTION_FAILED', retries: 3 });
});

test('a request that nothing was prepared for is a 404', async () => {
  const client = new HTTPClient(FAST);
  const mock = new MockAdapter(client.axios);

  await expect(client.get('http://user-service/users')).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
  expect(mock.history).toHaveLength(1);
});

test('passThrough() goes to the network on each attempt', async () => {
  const api = await service([{ status: 503 }, { json: { id: 1 } }]);
  const client = new HTTPClient(FAST);
  new MockAdapter(client.axios).onAny().passThrough();

  expect(await client.getJson(api.url)).toEqual({ id: 1 });
  expect(api.requests).toHaveLength(2);
});

test('a delayed reply is ended by the timeout of the client', async () => {
  const client = new HTTPClient({ timeout: 0.01, retryAttempts: 1, retry: { base: 0.001 } });
  const mock = new MockAdapter(client.axios, { delayResponse: 200 });
  mock.onGet().reply(200);

  await expect(client.get('http://user-service')).rejects.toMatchObject({ code: 'TIMEOUT', retries: 1 });
  expect(mock.history.get).toHaveLength(2);
});

test('restore() brings the network back', async () => {
  const api = await service([{ status: 503 }, { status: 201 }]);
  const client = new HTTPClient(FAST);
  new MockAdapter(client.axios).restore();

  expect((await client.get(api.url)).status).toBe(201);
});

describe('what holds attempts back applies to a mock, too', () => {
  const URL = 'http://user-service/users';

  test('a 429 closes the gate', async () => {
    const { client, origins } = watched({ retry: { maxRetryAfter: 1 } });
    const mock = new MockAdapter(client.axios);
    mock.onGet(URL).replyOnce(429, '', { 'Retry-After': '30' }).onGet(URL).reply(200);
    await expect(client.get(URL)).rejects.toMatchObject({ status: 429 });

    await expect(client.get(URL)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
    await expect(client.axios.get(URL)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
    expect(mock.history).toHaveLength(1);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('failures open the circuit, and the rest is given back', async () => {
    const { client, origins } = watched({ circuitBreaker: { minimumCalls: 3 }, concurrency: { limit: 1 } });
    const mock = new MockAdapter(client.axios);
    mock.onGet(URL).replyOnce(500).onGet(URL).networkErrorOnce().onGet(URL).timeoutOnce();
    for (let call = 0; call < 3; call++) await failure(client.get(URL));

    await expect(client.get(URL)).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    expect(mock.history).toHaveLength(3);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('no more calls are under way than may be', async () => {
    const { client, origins } = watched({ concurrency: { limit: 2 } });
    let active = 0;
    let most = 0;
    new MockAdapter(client.axios).onGet(URL).reply(async () => {
      most = Math.max(most, ++active);
      await new Promise(setImmediate);
      active -= 1;
      return [200];
    });

    await Promise.all(Array.from({ length: 10 }, () => client.get(URL)));

    expect(most).toBe(2);
    expect(leftOver(origins)).toEqual(NOTHING);
  });
});
