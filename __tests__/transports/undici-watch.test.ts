import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { channel } from 'node:diagnostics_channel';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setImmediate as connectionIsFree } from 'node:timers/promises';
import { Agent, MockAgent } from 'undici';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { stopObserving } from '../support/observed';
import { requestEnds, stepsOf } from '../support/request-ends';
import { service } from '../support/service';

// `connectionIsFree`: undici uses a connection again one turn of the event loop later, and opens another one until then.

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

test('the own Agent shows lookup, connection and what is reused', async () => {
  const { port } = await service();
  const client = new HTTPClient({ transport: undici() });
  const ends = requestEnds();

  await client.get(`http://localhost:${port}/`);
  await connectionIsFree();
  await client.get(`http://localhost:${port}/`);
  await client.get(`http://127.0.0.1:${port}/`);

  expect(ends.map(stepsOf)).toEqual([
    'queued dns connect sent wait receive',
    'queued sent wait receive',
    'queued connect sent wait receive',
  ]);
  const facts = { address: '127.0.0.1', port, protocol: '1.1' };
  const [first, second, third] = ends.map(({ connection }) => connection);
  expect(first).toEqual({ ...facts, reused: false });
  expect(second).toEqual({ ...facts, reused: true });
  expect(third).toEqual({ ...facts, reused: false });
  client.close();
});

test('the version of HTTP is that of the response', async () => {
  const answers = ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n', OK];
  const api = await rawService((socket, number) => socket.write(String(answers[number - 1])));
  const client = new HTTPClient({ transport: undici() });
  const ends = requestEnds();

  await client.get(api.url);
  await client.get(api.url);

  expect(ends.map(({ connection }) => connection?.protocol)).toEqual(['1.0', '1.1']);
  client.close();
});

test('a whole body that the socket does not take at once is sent when it is written', async () => {
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.pause();
    setTimeout(() => request.resume().on('end', () => response.end()), 20);
  };
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new HTTPClient({ transport: undici() });
  const ends = requestEnds();

  await client.post(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { data: Buffer.alloc(20_000_000) });

  expect(ends[0]?.timings?.sent).toBeGreaterThan(0.01);
  client.close();
  server.close();
});

test('a refused connection has the steps up to it, and no connection', async () => {
  const api = await service();
  await api.close();
  const client = new HTTPClient({ transport: undici(), retryAttempts: 0 });
  const ends = requestEnds();

  await failure(client.get(api.url));

  expect(ends.map(stepsOf)).toEqual(['queued connect']);
  expect(ends[0]?.connection).toBeUndefined();
  client.close();
});

describe('over a dispatcher of the caller', () => {
  test('opening the connection is part of `queued`, and the peer is known', async () => {
    const { url, port } = await service();
    const dispatcher = new Agent();
    const client = new HTTPClient({ transport: undici({ dispatcher }), baseURL: url });
    const ends = requestEnds();

    await client.get('/');
    await connectionIsFree();
    await client.get('/');

    expect(ends.map(stepsOf)).toEqual(['queued sent wait receive', 'queued sent wait receive']);
    const facts = { address: '127.0.0.1', port, protocol: undefined };
    const [first, second] = ends.map(({ connection }) => connection);
    expect(first).toEqual({ ...facts, reused: false });
    expect(second).toEqual({ ...facts, reused: true });
    await dispatcher.close();
  });

  test('a connection that was opened before the client was there is reused', async () => {
    const api = await service();
    const dispatcher = new Agent();
    const { body } = await dispatcher.request({ origin: api.url, path: '/', method: 'GET' });
    await body.dump();
    await connectionIsFree();
    const ends = requestEnds();

    await new HTTPClient({ transport: undici({ dispatcher }) }).get(api.url);

    expect(ends[0]?.connection?.reused).toBe(true);
    await dispatcher.close();
  });

  test('a mock has steps, and no connection', async () => {
    const dispatcher = new MockAgent();
    dispatcher.get('http://api.test').intercept({ path: '/' }).reply(200, '');
    const ends = requestEnds();

    await new HTTPClient({ transport: undici({ dispatcher }) }).get('http://api.test/');

    expect(ends.map(stepsOf)).toEqual(['queued sent receive']);
    expect(ends[0]?.connection).toBeUndefined();
    await dispatcher.close();
  });
});

test('nobody listens to undici any longer than requests are observed', async () => {
  const api = await service();
  const dispatcher = new Agent();
  const client = new HTTPClient({ transport: undici({ dispatcher }) });
  const ends = requestEnds();
  const sendHeaders = channel('undici:client:sendHeaders');

  await client.get(api.url);
  expect(sendHeaders.hasSubscribers).toBe(true);

  stopObserving();
  await client.get(api.url);
  expect(sendHeaders.hasSubscribers).toBe(false);
  expect(ends).toHaveLength(1);
  await dispatcher.close();
});

describe('over HTTP/2', () => {
  let server: Http2SecureServer;
  let cert: string;

  beforeAll(async () => {
    const certificate = await certificateFor('localhost');
    ({ cert } = certificate);
    server = createSecureServer(certificate, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  test('the protocol is 2, and a kept connection is reused', async () => {
    const { port } = server.address() as AddressInfo;
    const dispatcher = new Agent({ allowH2: true, connect: { ca: cert } });
    const client = new HTTPClient({ transport: undici({ dispatcher }), baseURL: `https://localhost:${port}` });
    const ends = requestEnds();

    await client.get('/');
    await client.get('/');

    expect(ends.map(({ connection }) => connection)).toEqual([
      { reused: false, address: '127.0.0.1', port, protocol: '2' },
      { reused: true, address: '127.0.0.1', port, protocol: '2' },
    ]);
    await dispatcher.destroy();
  });
});
