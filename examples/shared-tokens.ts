/** Processes that share a token through Redis: one requests it, all use it, and Redis cannot read it. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { HTTPClient, redisTokenStore, tokenService, verifyToken } from '@hdms/http-client';
import { Redis } from 'ioredis';
import jwt from 'jsonwebtoken';
import { example } from './support/example';
import { startService } from './support/service';

const KEY = 'what only the issuer and its services know';

example(async () => {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('This example needs a redis-server on the PATH, and there is none.');
    return;
  }
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--save', ''], { cwd: tmpdir(), stdio: 'ignore' });
  process.once('exit', () => server.kill('SIGKILL'));
  const claims = { iss: 'token-service', sub: 'tickets', aud: 'user-service' };
  const tokens = await startService(() => ({
    json: { access_token: jwt.sign(claims, KEY, { expiresIn: 300 }), token_type: 'Bearer', expires_in: 300 },
  }));
  const verify = verifyToken({ secret: KEY, issuer: 'token-service', audience: 'user-service', algorithms: ['HS256'] });
  const api = await startService(async ({ headers }) => ({
    json: await verify(headers.authorization?.slice('Bearer '.length)),
  }));

  // All processes of a service have the same key, from the same place as their other secrets.
  const encryptionKey = randomBytes(32).toString('base64');
  const connections: Redis[] = [];
  const startProcess = (): HTTPClient => {
    const redis = new Redis(port, '127.0.0.1').on('error', () => undefined);
    connections.push(redis);
    const store = redisTokenStore(redis, { encryptionKey, timeout: 1 });
    const url = `${tokens.url}/oauth/token`;
    return new HTTPClient({ token: tokenService({ url, clientId: 'tickets', clientSecret: 'its-secret', store }) });
  };

  const clients = Array.from({ length: 8 }, startProcess);
  await Promise.all(connections.map(async (redis) => redis.ping()));
  await Promise.all(clients.map(async (client) => client.get(api.url)));
  console.log(`${clients.length} processes started, token requests: ${tokens.requests.length}`);
  assert.equal(tokens.requests.length, 1);

  const token = api.requests[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
  const [name = ''] = (await connections[0]?.keys('hdms-token:*')) ?? [];
  const value = (await connections[0]?.get(name)) ?? '';
  console.log(`The token:       ${token.slice(0, 40)}…\nIn Redis it is:  ${value.slice(0, 40)}…`);
  assert.ok(token !== '' && value !== '' && !value.includes(token));

  // Without Redis, each process requests its own token.
  server.kill('SIGKILL');
  await once(server, 'exit');
  const late = startProcess();
  const { status } = await late.get(api.url);
  console.log(`Redis is gone, the next process is answered ${status}; token requests: ${tokens.requests.length}`);
  assert.equal(tokens.requests.length, 2);

  for (const client of [...clients, late]) client.close();
  for (const redis of connections) redis.disconnect();
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
