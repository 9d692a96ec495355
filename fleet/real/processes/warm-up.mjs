import { createServer } from 'node:http';
import { once } from 'node:events';

const CALLS = 20;

/**
 * Makes some calls with a client that is not used afterwards, to a service in this process: loading code takes longer than a call,
 * and is not what is measured.
 */
export async function warmUp(create, options) {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'application/json').end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const get = await create(`http://127.0.0.1:${server.address().port}`, options);
  for (let count = 0; count < CALLS; count += 1) await get('/work');
  server.closeAllConnections();
  server.close();
}
