import http from 'node:http';
import { HTTPClient } from '../../src/index';
import { startService, type Script, type Service, type ServiceAnswer } from '../../src/testing/index';
import { failure } from '../support/outcome';

const started: Service[] = [];

async function start(script?: Script<ServiceAnswer>): Promise<Service> {
  const service = await startService(script);
  started.push(service);
  return service;
}

afterEach(async () => {
  for (const service of started.splice(0)) await service.close();
});

const client = new HTTPClient({ retry: { base: 0.001 }, token: 'a-token' });

test('answers are given one after the other, the last one for ever', async () => {
  const api = await start([
    { status: 201, json: { id: 7 } },
    { status: 202, body: 'text' },
  ]);

  expect(await client.get(api.url)).toMatchObject({ status: 201, data: { id: 7 } });
  for (let count = 0; count < 2; count++)
    expect(await client.get(api.url)).toMatchObject({ status: 202, data: 'text' });
});

test('without a script the answer is 200 without a body', async () => {
  const api = await start();

  expect(await client.get(api.url)).toMatchObject({ status: 200, data: '' });
});

test('requests are recorded', async () => {
  const api = await start();

  await client.post(`${api.url}/users?deep=1`, { json: { name: 'Ada' } });
  await client.get(api.url, { token: null });

  expect(api.requests[0]).toMatchObject({ method: 'POST', url: '/users?deep=1', token: 'a-token' });
  expect(api.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', host: `127.0.0.1:${api.port}` });
  expect(api.requests[0]?.body.toString()).toBe('{"name":"Ada"}');
  expect(api.requests[1]).toMatchObject({ method: 'GET', token: undefined });
});

test('headers are sent as they are given, and replace the content type of JSON', async () => {
  const headers = { 'Content-Type': 'application/problem+json', 'Set-Cookie': ['a=1', 'b=2'] };
  const api = await start([{ status: 422, headers, json: { title: 'no' } }]);

  const error = await failure(client.get(api.url));

  expect(error.response?.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'] });
  expect(error).toMatchObject({ problem: { title: 'no' } });
});

test('a script may be a function of the request, at once or later', async () => {
  const at = await start(({ url }) => ({ body: url }));
  const later = await start(async ({ body }) => Promise.resolve({ json: { length: body.length } }));

  expect((await client.get(`${at.url}/a`)).data).toBe('/a');
  expect(await client.postJson(later.url, { data: 'four' })).toEqual({ length: 4 });
});

test('a script that throws answers 500 with the reason', async () => {
  const api = await start(() => {
    throw new Error('no such user');
  });

  const error = await failure(client.get(api.url, { retryAttempts: 0 }));

  expect(error.response).toMatchObject({ status: 500, data: 'Error: The script failed: no such user' });
});

test('an answer may be late, or never come', async () => {
  const api = await start([{ delay: 60 }, { delay: Infinity }, { delay: 0.01, body: 'late' }]);

  expect(await client.get(api.url, { timeout: 0.4 })).toMatchObject({ data: 'late', retries: 2 });
});

test('a connection may be closed without an answer', async () => {
  const api = await start([{ hangUp: true }, { body: 'again' }]);

  expect(await client.get(api.url)).toMatchObject({ data: 'again', retries: 1 });
});

test('a request may be taken over altogether', async () => {
  const api = await start([
    {
      handle: (request, response) => {
        response.writeHead(200).end(`${request.method ?? ''} by hand`);
      },
    },
  ]);

  expect((await client.get(api.url)).data).toBe('GET by hand');
});

test('a client that hangs up before its request is complete leaves the service up', async () => {
  const api = await start();
  const request = http.request(`${api.url}/`, { method: 'POST', headers: { 'content-length': 100 } });
  request.on('error', () => undefined).write('part');
  while ((await api.connections()) === 0) await new Promise(setImmediate);
  request.destroy();

  expect((await client.get(api.url)).status).toBe(200);
  expect(api.requests).toHaveLength(1);
});

test('close ends what is under way, and frees the port', async () => {
  const api = await start([{ delay: Infinity }]);
  const call = failure(client.get(api.url, { retryAttempts: 0 }));
  while (api.requests.length === 0) await new Promise(setImmediate);

  await api.close();

  expect(await call).toMatchObject({ code: 'CONNECTION_CLOSED' });
  expect(await failure(client.get(api.url, { retryAttempts: 0 }))).toMatchObject({ code: 'CONNECTION_REFUSED' });
  await expect(api.close()).resolves.toBeUndefined();
});

test('a service is closed at the end of its block', async () => {
  let url = '';
  {
    await using api = await startService();
    ({ url } = api);
    expect((await client.get(url)).status).toBe(200);
  }
  const error = await failure(client.get(url, { retryAttempts: 0 }));

  expect(error.code).toBe('CONNECTION_REFUSED');
});
