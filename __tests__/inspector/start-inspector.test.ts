import http from 'node:http';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startInspector } from '../../src/inspector/index';
import { HTTPClient } from '../../src/index';
import { callsOf, frames, inspector, open } from '../support/inspector';
import { service } from '../support/service';

test('shows a call in flight, and how it ends', async () => {
  const api = await service([{ status: 200, delay: 300, json: { id: 1 } }]);
  const { url } = await inspector();
  const feed = frames(url);
  await feed.next();
  const client = new HTTPClient({ name: 'users' });

  const call = client.get(`${api.url}/users/1?token=secret`);

  const seen: object[] = [];
  for await (const { calls } of feed) {
    seen.push(
      ...calls.map(({ state, status, client: name, url: shown }) => ({
        state,
        status,
        name,
        path: new URL(shown).pathname + new URL(shown).search,
      })),
    );
    if (calls.some(({ state }) => state === 'ok')) break;
  }
  await call;
  expect(seen[0]).toEqual({ state: 'open', status: undefined, name: 'users', path: '/users/1?token=***' });
  expect(seen.at(-1)).toEqual({ state: 'ok', status: 200, name: 'users', path: '/users/1?token=***' });
});

test('the detail of a call has what was sent and came back, without secrets', async () => {
  const api = await service([
    { status: 503, headers: { 'Set-Cookie': 'session=secret' } },
    { status: 200, json: {} },
  ]);
  const { url } = await inspector();
  const client = new HTTPClient({ token: 'secret', retry: { base: 0.001 } });
  await client.get(`${api.url}/users`, { headers: { Cookie: 'a=secret' } });

  const [call] = await callsOf(url);
  const { status, text } = await open(url, `/calls/${call?.key}`);

  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    attempts: [
      { outcome: 503, decision: 'retry' },
      { outcome: 200, decision: 'done' },
    ],
    exchanges: [
      { method: 'GET', status: 503 },
      { method: 'GET', status: 200 },
    ],
  });
  expect(text).toContain('["Authorization","***"]');
  expect(text).not.toContain('secret');
  expect((await open(url, '/calls/99999999')).status).toBe(404);
});

test('har() has an entry for each request on the wire', async () => {
  const api = await service([
    { status: 302, headers: { Location: '/there' } },
    { status: 200, json: {} },
  ]);
  const running = await inspector();
  await new HTTPClient().get(`${api.url}/here`);

  expect(running.har().log.entries).toMatchObject([
    { request: { url: `${api.url}/here` }, response: { status: 302, redirectURL: '/there' } },
    { request: { url: `${api.url}/there` }, response: { status: 200 } },
  ]);
  expect(JSON.parse((await open(running.url, '/har')).text)).toEqual(running.har());
});

test('close() ends the recording, the page and its connections', async () => {
  const running = await startInspector();
  const { url } = running;
  const feed = frames(url);
  await feed.next();
  const { hostname, port } = new URL(url);

  await running.close();

  expect(await feed.next()).toEqual({ done: true, value: undefined });
  const [error] = (await once(createConnection({ host: hostname, port: Number(port) }), 'error')) as [
    NodeJS.ErrnoException,
  ];
  expect(error.code).toBe('ECONNREFUSED');
  const api = await service();
  await new HTTPClient().get(api.url);
  expect(running.har().log.entries).toEqual([]);
});

test('a port in use rejects, and leaves nothing behind', async () => {
  const taken = http.createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;

  await expect(startInspector({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });

  taken.close();
});
