// The service that is called.
import { createServer } from 'node:http';
import { obey } from '../../../bench/worker/commands.mjs';
import { BEHAVIOURS } from './behaviours.mjs';
import { beginToWatch, longestPause } from './pauses.mjs';
import { now } from './time.mjs';

let handle = BEHAVIOURS.healthy();
const requests = [];
beginToWatch();

const server = createServer((request, response) => {
  const record = { at: now(), call: request.url.split('call=')[1], status: undefined, isForNobody: false };
  requests.push(record);
  handle((status, headers) => {
    record.status = status;
    record.isForNobody = response.destroyed;
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end('{}');
  });
});
Object.assign(server, { keepAliveTimeout: 600_000, headersTimeout: 0, requestTimeout: 0 });

obey({
  listen: ({ port }) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port, backlog: 4096 }, () => resolve(server.address().port));
    }),
  async become({ behaviour, ...options }) {
    handle = BEHAVIOURS[behaviour](options);
  },
  async slow({ times }) {
    handle.slow(times);
  },
  /** All requests so far. */
  requests: async () => requests,
  pause: async () => longestPause(),
});
