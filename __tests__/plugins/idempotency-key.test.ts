import { HTTPClient } from '../../src/index';
import { service, type Answer } from '../support/service';

const FLAKY: Answer[] = [{ status: 503 }, { status: 503 }, { status: 200 }];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function client(): HTTPClient {
  return new HTTPClient({ retry: { base: 0.001 } });
}

test.each(['post', 'patch'] as const)('a %s sends the same key on each attempt', async (verb) => {
  const api = await service(FLAKY);

  await client()[verb](api.url, { json: { title: 'New' } });

  const keys = api.requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(UUID);
});

test('every call has a key of its own', async () => {
  const api = await service();
  const http = client();

  await http.post(api.url);
  await http.post(api.url);
  await http.axios.post(api.url);

  const keys = api.requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys.every((key) => UUID.test(String(key)))).toBe(true);
  expect(new Set(keys).size).toBe(3);
});

test.each(['get', 'put', 'delete', 'head', 'options'] as const)('a %s sends no key', async (verb) => {
  const api = await service();

  await client()[verb](api.url);

  expect(api.requests).toHaveLength(1);
  expect(api.requests[0]?.headers).not.toHaveProperty('idempotency-key');
});

test("a caller's own key is kept on each attempt", async () => {
  const api = await service(FLAKY);

  await client().post(api.url, { headers: { 'idempotency-key': 'order-17' } });

  expect(api.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-17', 'order-17', 'order-17']);
});

test('a key that an interceptor sets is kept on each attempt', async () => {
  const api = await service(FLAKY);
  const http = client();
  let calls = 0;
  http.axios.interceptors.request.use((config) => {
    config.headers.set('Idempotency-Key', `call-${++calls}`);
    return config;
  });

  await http.patch(api.url);

  expect(api.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['call-1', 'call-1', 'call-1']);
});

test('a method that an interceptor changes to POST sends a key', async () => {
  const api = await service();
  const http = client();
  http.axios.interceptors.request.use((config) => Object.assign(config, { method: 'post' }));

  await http.get(api.url);

  expect(api.requests[0]).toMatchObject({
    method: 'POST',
    headers: { 'idempotency-key': expect.stringMatching(UUID) as string },
  });
});
