// The service that the clients call, in a separate process. Responses are prepared, so that it is not the bottleneck.
import { createServer } from 'node:http';
import { AUTHORIZATION, DOWNLOAD_SIZE, LARGE, SMALL } from './payload.mjs';

const JSON_TYPE = 'application/json; charset=utf-8';
const small = responder(JSON_TYPE, Buffer.from(SMALL));
const large = responder(JSON_TYPE, Buffer.from(LARGE));
const download = responder('application/octet-stream', Buffer.alloc(DOWNLOAD_SIZE, 'x'));

/** Calls whose first attempt was rejected. */
const turnedAway = new Set();
/** Calls whose responses are held back. */
const held = [];

const routes = {
  'GET /small': (_, response) => small(response),
  'GET /large': (_, response) => large(response),
  'GET /download': (_, response) => download(response),
  'GET /hold': (_, response) => held.push(response),
  'GET /flaky': flaky,
  'POST /echo-size': countBody,
  'POST /upload': countBody,
};

const server = createServer((request, response) => {
  const [path] = request.url.split('?', 1);
  const route = routes[`${request.method} ${path}`];
  if (route && request.headers.authorization === AUTHORIZATION) route(request, response);
  else response.writeHead(route ? 401 : 404).end();
});
// If connections were closed between two slices, the next slice would pay for new ones.
Object.assign(server, { keepAliveTimeout: 600_000, headersTimeout: 0, requestTimeout: 0 });

/** The commands of the harness. */
const commands = {
  cpu: () => cpuTime(),
  held: () => held.length,
  release: () => held.splice(0).forEach(small),
};

process.on('message', ({ id, command }) => process.send({ id, result: commands[command]() ?? null }));
process.on('disconnect', () => process.exit());
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => process.send({ ready: server.address().port }));

function responder(type, body) {
  const headers = ['Content-Type', type, 'Content-Length', String(body.length)];
  return (response) => {
    response.sendDate = false;
    response.writeHead(200, headers);
    response.end(body);
  };
}

/** Rejects the first attempt of every ninth call, so that every tenth response is a 503 and a retry always helps. */
function flaky(request, response) {
  const call = Number(request.url.slice('/flaky?n='.length));
  if (call % 9 !== 0 || turnedAway.delete(call)) return small(response);
  turnedAway.add(call);
  response.writeHead(503, ['Content-Type', JSON_TYPE, 'Content-Length', '2']);
  response.end('{}');
}

function countBody(request, response) {
  let size = 0;
  request.on('data', (chunk) => (size += chunk.length));
  request.on('end', () => responder(JSON_TYPE, Buffer.from(JSON.stringify({ size })))(response));
}

/** Microseconds. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
