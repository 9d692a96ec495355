import http2, { type ServerHttp2Stream } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { answer, http2Service, type HTTP2Service } from '../support/http2-service';
import { failure } from '../support/outcome';

/** What the server does with a stream, by path; all others are answered. */
const HARMS: Readonly<Record<string, (stream: ServerHttp2Stream) => void>> = {
  '/reset': (stream) => {
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  },
  '/silent': () => undefined,
  '/slow': (stream) => setTimeout(answer, 50, stream),
};

let api: HTTP2Service;
const clientOf = (options: HTTPClientOptions = {}): HTTPClient =>
  new HTTPClient({ retryAttempts: 0, ...options, transport: undici({ allowH2: true }), baseURL: api.url });

beforeEach(async () => {
  api = await http2Service((stream, path) => {
    (HARMS[path] ?? answer)(stream);
  });
});

test('the reset of a stream leaves the connection open', async () => {
  const client = clientOf();
  await client.get('/');

  expect(await failure(client.get('/reset'))).toMatchObject({ name: 'ConnectionError', phase: 'headers' });
  await sleep(50);

  expect(api.sessions()).toBe(1);
  expect((await client.get('/')).data).toBe('ok');
  client.close();
});

test('a timeout closes the connections that are idle', async () => {
  const client = clientOf();
  await Promise.all([client.get('/slow'), client.get('/slow')]);

  expect(await failure(client.get('/silent', { timeout: 0.2 }))).toMatchObject({ name: 'Timeout' });
  await api.left();

  expect((await client.get('/')).data).toBe('ok');
  client.close();
});

test('a connection is closed after `maxIdle`', async () => {
  const client = clientOf({ connections: { maxIdle: 0.2 } });
  await client.get('/');
  await sleep(100);
  await client.get('/');
  await sleep(110);
  expect(api.sessions()).toBe(1);

  await api.left();

  expect((await client.get('/')).data).toBe('ok');
  client.close();
});

test('a connection older than `maxAge` is closed after its request', async () => {
  const client = clientOf({ connections: { maxAge: 0.05 } });
  await client.get('/');
  await sleep(60);
  await client.get('/');

  await api.left();

  expect((await client.get('/')).data).toBe('ok');
  client.close();
});
