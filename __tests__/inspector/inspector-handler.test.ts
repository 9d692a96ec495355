import { once } from 'node:events';
import http from 'node:http';
import express from 'express';
import express4 from 'express4';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPClient } from '../../src/index';
import { inspectorHandler, type InspectorHandler, type InspectorHandlerOptions } from '../../src/inspector/index';
import { open } from '../support/inspector';
import { service } from '../support/service';

const servers: Server[] = [];
const handlers: InspectorHandler[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const handler of handlers.splice(0)) handler.close();
});

async function serve(make: typeof express, options: InspectorHandlerOptions = {}): Promise<string> {
  const handler = inspectorHandler(options);
  handlers.push(handler);
  const app = make().use('/internal/calls', handler);
  const server = await new Promise<Server>((resolve) => {
    const one = app.listen(0, '127.0.0.1', () => {
      resolve(one);
    });
  });
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_, make) => {
  test('shows the page where it is mounted', async () => {
    const url = await serve(make);

    const bare = await open(url, '/internal/calls');
    const data = await open(url, '/internal/calls/har');

    expect(bare).toMatchObject({ status: 302, headers: { location: '/internal/calls/' } });
    expect(data.headers['content-type']).toBe('application/json');
  });

  test('shows the calls of the service', async () => {
    const url = await serve(make);
    const api = await service([{ json: {} }]);
    await new HTTPClient().get(`${api.url}/users`);

    const { text } = await open(url, '/internal/calls/har');

    expect(JSON.parse(text)).toMatchObject({ log: { entries: [{ request: { url: `${api.url}/users` } }] } });
  });

  test('without `authorize`, only this machine is shown anything', async () => {
    const url = await serve(make);

    expect((await open(url, '/internal/calls/', { headers: { Host: 'desk.example.com' } })).status).toBe(421);
  });

  test.each(['X-Forwarded-Proto', 'X-Real-IP', 'Via'])(
    'nor is anything shown through a proxy that adds %s',
    async (name) => {
      const url = await serve(make);

      expect((await open(url, '/internal/calls/', { headers: { [name]: '1.1 edge' } })).status).toBe(421);
    },
  );

  test('`authorize` decides for everybody else', async () => {
    const url = await serve(make, { authorize: ({ headers }) => headers['x-role'] === 'operator' });
    const Host = 'desk.example.com';

    expect((await open(url, '/internal/calls/', { headers: { Host } })).status).toBe(403);
    expect((await open(url, '/internal/calls/har', { headers: { Host, 'X-Role': 'operator' } })).status).toBe(200);
  });
});

test.each(['//attacker.test/calls', '/\\attacker.test/calls', '\\/attacker.test/calls'])(
  'where it is mounted by a pattern, %j does not lead to another host',
  async (path) => {
    const handler = inspectorHandler();
    handlers.push(handler);
    const server = http.createServer((request, response) => {
      handler(Object.assign(request, { baseUrl: path, originalUrl: path }), response);
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const { headers } = await open(`http://127.0.0.1:${port}`, '/');

    expect(headers.location).toBe('/attacker.test/calls/');
  },
);

test('in production, it needs `authorize`', () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    expect(() => inspectorHandler()).toThrow('inspectorHandler needs `authorize` in production');
    inspectorHandler({ authorize: () => true }).close();
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
