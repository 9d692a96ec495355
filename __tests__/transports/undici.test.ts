import http2, { type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Agent, MockAgent, MockClient, MockPool } from 'undici';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const USERS = 'http://user-service:8000';

test('a MockAgent sees every attempt', async () => {
  const mock = new MockAgent();
  mock.disableNetConnect();
  const pool = mock.get('http://user-service:8000');
  pool.intercept({ path: '/users/1' }).reply(503);
  pool.intercept({ path: '/users/1' }).reply(200, { id: 1 }, { headers: { 'content-type': 'application/json' } });
  const client = new HTTPClient({ transport: undici({ dispatcher: mock }), retry: { base: 0.001 } });

  await expect(client.getJson('http://user-service:8000/users/1')).resolves.toEqual({ id: 1 });
  mock.assertNoPendingInterceptors();
});

test.each([
  ['a MockPool of a MockAgent', (agent: MockAgent) => agent.get(USERS)],
  ['a MockPool', (agent: MockAgent) => new MockPool(USERS, { agent })],
  ['a MockClient', (agent: MockAgent) => new MockClient(USERS, { agent })],
])('%s responds, as it does to undici itself', async (_, dispatcherOf) => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const dispatcher = dispatcherOf(agent);
  dispatcher.intercept({ path: '/users/1', method: 'PUT', body: '{"name":"a"}' }).reply(503);
  dispatcher.intercept({ path: '/users/1', method: 'PUT', body: '{"name":"a"}' }).reply(200, '{"id":1}');
  const client = new HTTPClient({ transport: undici({ dispatcher }), retry: { base: 0.001 }, timeout: 1 });

  await expect(client.putJson(`${USERS}/users/1`, { json: { name: 'a' } })).resolves.toEqual({ id: 1 });
  await expect(client.get(`${USERS}/users/2`)).rejects.toThrow(/Mock dispatch not matched/);
});

test('a dispatcher of the caller stays open when the client closes', async () => {
  const api = await service();
  const dispatcher = new Agent();
  const client = new HTTPClient({ transport: undici({ dispatcher }) });

  await client.get(api.url);
  client.close();

  expect(dispatcher.closed).toBe(false);
  await dispatcher.close();
});

test('a call that waits for its token while the client is closed leaves no connection open', async () => {
  const api = await service();
  const token = async (): Promise<string> => {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    return 'late';
  };
  const client = new HTTPClient({ transport: undici(), token });

  const call = client.get(api.url);
  client.close();

  expect((await call).status).toBe(200);
  for (let turn = 0; turn < 100 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);
  expect(await api.connections()).toBe(0);
});

test('a client that was closed can be used again', async () => {
  const api = await service();
  const client = new HTTPClient({ transport: undici() });

  await client.get(api.url);
  client.close();

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  client.close();
});

test('a call under way when its client is closed leaves no connection behind', async () => {
  const api = await service();
  const client = new HTTPClient({ transport: undici() });

  const call = client.get(api.url);
  client.close();

  await expect(call).resolves.toMatchObject({ status: 200 });
  for (let turn = 0; turn < 1000 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);
  expect(await api.connections()).toBe(0);
});

test('what undici cannot be told of the connection goes to the http transport', async () => {
  const api = await service();
  const lookup = (_host: string, _options: object, done: (error: null, address: string) => void): void => {
    done(null, '127.0.0.1');
  };

  const client = new HTTPClient({ transport: undici(), lookup });
  await client.get(`http://user-service:${api.port}/`);

  expect(api.requests[0]?.headers.host).toBe(`user-service:${api.port}`);
  client.close();
  for (let turn = 0; turn < 1000 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);
  expect(await api.connections()).toBe(0);
});

test('a connection closed while idle is replaced at once', async () => {
  const raw = await rawService((socket, number) => {
    if (number === 2) socket.destroy();
    else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  });
  const client = new HTTPClient({ transport: undici({ dispatcher: new Agent({ connections: 1 }) }), retryAttempts: 0 });

  await client.get(raw.url);
  const response = await client.get(raw.url);

  expect(response.retries).toBe(0);
  expect(response.config.call?.attempts.map(({ decision }) => decision)).toEqual(['replay', 'done']);
});

test('a call given up while it waits for a connection is not sent', async () => {
  const raw = await rawService((socket, number) => {
    if (number > 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  });
  const dispatcher = new Agent({ connections: 1 });
  const client = new HTTPClient({ transport: undici({ dispatcher }), retryAttempts: 0 });
  const codeOf = (error: unknown): unknown => (error as { code: string }).code;

  const codes = await Promise.all([
    client.get(`${raw.url}/first`, { timeout: 0.3 }).catch(codeOf),
    client.get(`${raw.url}/second`, { timeout: 0.1 }).catch(codeOf),
  ]);

  expect(codes).toEqual(['TIMEOUT', 'TIMEOUT']);
  expect(raw.requests.map((text) => text.split(' ')[1])).toEqual(['/first']);
});

describe('over HTTP/2', () => {
  let server: Http2SecureServer;
  let authority = '';

  beforeAll(async () => {
    const { key, cert } = await certificateFor('localhost');
    authority = cert;
    server = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
      response.end(request.httpVersion);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
  });

  test.each([
    ['2.0', true],
    ['1.1', false],
  ])('a call speaks %s with allowH2: %s', async (version, allowH2) => {
    const dispatcher = new Agent({ allowH2, connect: { ca: authority } });
    const client = new HTTPClient({ transport: undici({ dispatcher }) });

    const { data } = await client.get(`https://localhost:${(server.address() as AddressInfo).port}/`);

    expect(data).toBe(version);
    await dispatcher.close();
  });
});

test.each<[unknown, string]>([
  [{ dispatcher: {} }, 'Option `dispatcher` must be an undici Dispatcher, such as `new Agent()`, got an object'],
  [{ dispatcher: null }, 'Option `dispatcher` must be an undici Dispatcher, such as `new Agent()`, got null'],
  [{ allowH2: 'yes' }, 'Option `allowH2` must be true or false'],
  [7, 'Options must be an object, got 7'],
  [null, 'Options must be an object, got null'],
  [new Agent(), 'Options must be an object, got an instance of Agent: pass { dispatcher: … }'],
  [{ connect: {} }, 'Unknown option of undici() `connect`: options of undici go into { dispatcher: new Agent({ … }) }'],
  [{ dispather: new Agent() }, 'Unknown option of undici() `dispather`. Did you mean `dispatcher`?'],
])('%j in place of options is a TypeError', (options, message) => {
  expect(() => undici(options as never)).toThrow(message);
});
