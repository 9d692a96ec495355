import { once } from 'node:events';
import http, { type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { inspectorHandler, type InspectorHandler, type InspectorHandlerOptions } from '../../src/inspector/index';
import { MOST_READERS } from '../../src/inspector/feed';
import { open, request } from '../support/inspector';

const opened: { readonly handler: InspectorHandler; readonly server: Server }[] = [];

afterEach(() => {
  for (const { handler, server } of opened.splice(0)) {
    handler.close();
    server.closeAllConnections();
    server.close();
  }
});

async function serve(
  options?: InspectorHandlerOptions,
): Promise<{ url: string; handler: InspectorHandler; server: Server }> {
  const handler = inspectorHandler(options);
  const server = http.createServer(express().use('/calls', handler));
  opened.push({ handler, server });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, handler, server };
}

async function get(url: string, agent: http.Agent): Promise<IncomingMessage> {
  const [response] = (await once(http.get(url, { agent }), 'response')) as [IncomingMessage];
  return response;
}

test('a page that connects again after close() does not hold up the end of the server', async () => {
  const { url, handler, server } = await serve();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const first = await get(`${url}/calls/events`, agent);
  const ended = once(first.resume(), 'end');
  const closed = once(server, 'close');

  server.close();
  handler.close();
  await ended;
  // Over the connection that the server has not closed yet.
  const again = await get(`${url}/calls/events`, agent);
  again.resume();
  await closed;

  expect([again.statusCode, again.headers.connection]).toEqual([503, 'close']);
});

test('a page that was left while `authorize` was asked takes the place of no other', async () => {
  const waiting: (() => void)[] = [];
  let isSlow = true;
  const authorize = async (): Promise<boolean> => {
    if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
    return true;
  };
  const { url, server } = await serve({ authorize });
  const gone: Promise<unknown>[] = [];
  server.on('connection', (socket) => gone.push(once(socket, 'close')));
  const left = Array.from({ length: MOST_READERS }, () => http.get(`${url}/calls/events`, { agent: false }));
  for (const one of left) one.on('error', () => undefined);
  while (waiting.length < MOST_READERS) await new Promise(setImmediate);

  for (const one of left) one.destroy();
  await Promise.all(gone);
  isSlow = false;
  for (const resolve of waiting) resolve();

  const response = await request(url, '/calls/events');
  response.destroy();
  expect(response.statusCode).toBe(200);
});

test('middleware that compresses is told to let the events pass', async () => {
  const { url } = await serve();

  const response = await request(url, '/calls/events');
  response.destroy();

  expect(response.headers['cache-control']).toBe('no-store, no-transform');
  expect((await open(url, '/calls/')).headers['cache-control']).toBe('no-store');
});
