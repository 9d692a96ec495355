// What calls without special options run, whether they succeed or fail: for scripts/bundle.mjs.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

const RESPONSES = {
  '/json': (response) => response.setHeader('Content-Type', 'application/json').end('{}'),
  '/gzip': (response) => response.setHeader('Content-Encoding', 'gzip').end(gzipSync('{}')),
  '/redirect': (response) => response.writeHead(302, { Location: '/json' }).end(),
  '/unknown': (response) => response.writeHead(404).end('{}'),
  '/busy': (response) => response.writeHead(503, { 'Retry-After': '0' }).end(),
  '/not-json': (response) => response.end('<html>'),
  '/not-gzip': (response) => response.setHeader('Content-Encoding', 'gzip').end('text'),
  '/reset': (response) => response.destroy(),
  '/cut': (response) => response.writeHead(200, { 'Content-Length': '9' }).write('1', () => response.destroy()),
};

const ENDLESS = {
  '/silent': () => undefined,
  '/silent-body': (response) => response.writeHead(200).write('1'),
};

/** Makes the calls, one after the other. */
export async function makeUsualCalls(HTTPClient) {
  // The environment of a build may have a proxy.
  process.env.NO_PROXY = process.env.no_proxy = '*';
  const service = await startService();
  const baseURL = `http://127.0.0.1:${service.address().port}`;
  const client = new HTTPClient({ baseURL, token: 'of-the-build', retryAttempts: 1 });
  await succeed(client);
  await fail(client, baseURL);
  client.close();
  service.closeAllConnections();
  service.close();
  await once(service, 'close');
  await new HTTPClient({ retryAttempts: 0 }).get(baseURL).catch(print);
}

async function startService() {
  const routes = { ...RESPONSES, ...ENDLESS };
  const service = createServer((request, response) => {
    request.resume().on('end', () => routes[request.url.replace(/\?.*/, '')](response));
  });
  await once(service.listen(0, '127.0.0.1'), 'listening');
  return service;
}

async function succeed(client) {
  await client.getJson('/json', { params: { page: 1 } });
  await client.post('/json', { json: {} });
  await client.post('/{path}', { pathParams: { path: 'json' }, data: { page: 1 } });
  const { data } = await client.get('/json', { responseType: 'stream' });
  await once(data.resume(), 'end');
}

async function fail(client, baseURL) {
  for (const path of Object.keys(RESPONSES)) await client.getJson(path).catch(print);
  for (const path of Object.keys(ENDLESS)) await client.getJson(path, { timeout: 0.1 }).catch(print);
  await client.post('/silent', { json: {}, signal: AbortSignal.timeout(100) }).catch(print);
  await client.get('/json', { signal: AbortSignal.abort() }).catch(print);
  await client.get(baseURL.replace('http:', 'https:')).catch(print);
}

function print(error) {
  return [inspect(error), String(error), JSON.stringify(error)];
}
