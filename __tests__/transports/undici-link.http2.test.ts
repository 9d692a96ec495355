import { once } from 'node:events';
import http2, { type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { type ConnectionOptions as TLSOptions } from 'node:tls';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';

/** What the server does with a stream, by path; `/` is answered. */
const HARMS: Readonly<Record<string, (stream: ServerHttp2Stream) => void>> = {
  '/reset': (stream) => {
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  },
  '/silent': () => undefined,
  '/slow': (stream) => setTimeout(answer, 50, stream),
};

let server: Http2SecureServer;
let sessions = 0;
const client = (options: HTTPClientOptions = {}): HTTPClient => {
  const { port } = server.address() as AddressInfo;
  const transport = undici({ allowH2: true });
  return new HTTPClient({ retryAttempts: 0, ...options, transport, baseURL: `https://localhost:${port}` });
};

function answer(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200 });
  stream.end('ok');
}

beforeAll(async () => {
  const { key, cert } = await certificateFor('localhost');
  server = http2.createSecureServer({ key, cert });
  server.on('session', (session) => {
    sessions++;
    session.on('error', () => undefined).on('close', () => sessions--);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    (HARMS[String(headers[':path'])] ?? answer)(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The transport has no option for it.
  const { connect } = tls;
  jest.spyOn(tls, 'connect').mockImplementation((options) => connect({ ...(options as TLSOptions), ca: cert }));
});

afterAll(async () => {
  jest.restoreAllMocks();
  server.close();
  await once(server, 'close');
});

afterEach(async () => {
  while (sessions > 0) await sleep(5);
});

test('the reset of a stream leaves the connection open', async () => {
  const one = client();
  await one.get('/');

  expect(await failure(one.get('/reset'))).toMatchObject({ name: 'ConnectionError', phase: 'headers' });
  await sleep(50);

  expect(sessions).toBe(1);
  expect((await one.get('/')).data).toBe('ok');
  one.close();
});

test('a timeout closes the connections that are idle', async () => {
  const one = client({ timeout: 0.2 });
  await Promise.all([one.get('/slow'), one.get('/slow')]);

  expect(await failure(one.get('/silent'))).toMatchObject({ name: 'Timeout' });
  while (sessions > 0) await sleep(5);

  expect((await one.get('/')).data).toBe('ok');
  one.close();
});

test('a connection is closed after `maxIdle`', async () => {
  const one = client({ connections: { maxIdle: 0.1 } });
  await one.get('/');
  await sleep(50);
  await one.get('/');
  await sleep(60);
  expect(sessions).toBe(1);

  while (sessions > 0) await sleep(5);

  expect((await one.get('/')).data).toBe('ok');
  one.close();
});

test('a connection older than `maxAge` is closed after its request', async () => {
  const one = client({ connections: { maxAge: 0.05 } });
  await one.get('/');
  await sleep(60);
  await one.get('/');

  while (sessions > 0) await sleep(5);

  expect((await one.get('/')).data).toBe('ok');
  one.close();
});
