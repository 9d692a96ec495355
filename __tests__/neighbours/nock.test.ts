import nock from 'nock';
import { ConnectionError, HTTPClient, RequestException, Timeout } from '../../src/index';
import { failure } from '../support/outcome';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };
const HOST = 'http://user-service:8000';

beforeAll(() => {
  nock.disableNetConnect();
});

afterEach(() => {
  nock.cleanAll();
});

afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

test('a retry gets the second reply', async () => {
  const scope = nock(HOST, { reqheaders: { authorization: 'Bearer x' } })
    .get('/users/1?deep=true')
    .reply(503)
    .get('/users/1?deep=true')
    .reply(200, { id: 1 });

  const response = await new HTTPClient({ ...FAST, token: 'x' }).get(`${HOST}/users/1`, { params: { deep: true } });

  expect(response).toMatchObject({ status: 200, data: { id: 1 }, retries: 1, url: `${HOST}/users/1?deep=true` });
  expect(scope.isDone()).toBe(true);
});

test('a body is sent on each attempt', async () => {
  const scope = nock(HOST)
    .post('/users', { name: 'Ada' })
    .times(3)
    .reply(503)
    .post('/users', { name: 'Ada' })
    .reply(201);

  const { status } = await new HTTPClient(FAST).post(`${HOST}/users`, { json: { name: 'Ada' } });

  expect(status).toBe(201);
  expect(scope.isDone()).toBe(true);
});

test('an error that nock replies with is retried for what it is', async () => {
  const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  nock(HOST).get('/').replyWithError(reset).get('/').reply(200);

  expect((await new HTTPClient(FAST).get(HOST)).retries).toBe(1);

  nock(HOST).get('/').times(4).replyWithError(reset);
  const call = new HTTPClient(FAST).get(HOST);
  await expect(call).rejects.toBeInstanceOf(ConnectionError);
  await expect(call).rejects.toMatchObject({ retries: 3 });
});

test('a delayed reply is ended by the timeout', async () => {
  nock(HOST).get('/').delay(1000).reply(200).get('/').reply(204);
  const client = new HTTPClient({ ...FAST, timeout: 0.05 });

  const { status, retries } = await client.get(HOST);

  expect({ status, retries }).toEqual({ status: 204, retries: 1 });
  nock(HOST).get('/').delay(1000).reply(200);
  await expect(client.get(HOST, { retryAttempts: 0 })).rejects.toBeInstanceOf(Timeout);
  nock.abortPendingRequests();
});

test('a redirect is followed, and takes no token to another host', async () => {
  nock(HOST, { reqheaders: { authorization: 'Bearer x' } })
    .get('/')
    .reply(503)
    .get('/')
    .reply(302, '', { location: 'http://other/' });
  nock('http://other', { badheaders: ['authorization'] })
    .get('/')
    .reply(200, 'there');

  const { data, url } = await new HTTPClient({ ...FAST, token: 'x' }).get(HOST);

  expect({ data, url }).toEqual({ data: 'there', url: 'http://other/' });
});

test('nothing that nock was not told of goes out', async () => {
  const api = await service();

  const call = new HTTPClient({ ...FAST, retryAttempts: 1 }).get(api.url);

  await expect(call).rejects.toBeInstanceOf(RequestException);
  expect(api.requests).toHaveLength(0);
});

test('a 429 closes the gate, failures open the circuit, and slots are given back', async () => {
  nock(HOST).get('/busy').reply(429, '', { 'Retry-After': '30' }).get('/').times(3).reply(500);
  const options = { circuitBreaker: { minimumCalls: 3 }, concurrency: { limit: 1 }, retry: { maxRetryAfter: 1 } };
  const { client, origins } = watched(options);
  for (let call = 0; call < 3; call++) await failure(client.get(HOST));

  await expect(client.get(HOST)).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
  await expect(client.get(`${HOST}/busy`, { circuitBreaker: false })).rejects.toMatchObject({ status: 429 });
  await expect(client.axios.get(HOST)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
  expect(leftOver(origins)).toEqual(NOTHING);
});
