/** Starts the orders service as a process of its own, with the services that it needs, asks it this and that, and ends it. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HTTPClient, signedJwt, type HTTPResponse } from '@hdms/http-client';
import { example } from '../support/example';
import { startService, type Answer } from '../support/service';

const TOKEN = 'the-token-of-the-orders-service';

/** The users service, by what it is asked. */
const USERS: Readonly<Record<string, Answer>> = {
  '/users/123': { json: { id: '123', name: 'Ada Lovelace', since: 1843 } },
  '/users/broken': { status: 503, headers: { 'Retry-After': '0' } },
  '/users/nameless': { json: { id: 'nameless' } },
  '/users/slow': { json: { id: '123', name: 'Ada Lovelace' }, delay: 0.5 },
};

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

/** The service under way, and where it listens. */
async function start(env: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, [join(__dirname, 'main.js')], {
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Should this process fail, that one is not to be left behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  console.log(`orders service: ${line}`);
  return { url: line.replace('listening on ', ''), child };
}

function tell(what: string, { status, headers, elapsed }: HTTPResponse): void {
  const named = ['x-request-id', 'www-authenticate', 'retry-after', 'x-should-retry'];
  const shown = named.filter((name) => name in headers).map((name) => `${name}: ${String(headers[name])}`);
  console.log(`${what}: ${status} in ${elapsed.toFixed(2)} s (${shown.join(', ')})`);
}

example(async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
  const keys = await startService(() => ({ json: { keys: [jwk] } }));
  const users = await startService(({ url }) => USERS[url] ?? { status: 404 });
  const { url, child } = await start({
    USERS_URL: users.url,
    TOKEN_ISSUER: 'gateway',
    TOKEN_KEYS_URL: `${keys.url}/jwks`,
    SERVICE_AUTH_TOKEN: TOKEN,
  });
  const names = { issuer: 'gateway', audience: 'orders-service', subject: 'a user of ours' };
  const token = signedJwt({ privateKey, keyId: 'key-1', ...names });
  const gateway = new HTTPClient({ baseURL: url, token, retryAttempts: 0, validateStatus: null });
  const ask = async (who: string, headers = {}, options = {}): Promise<HTTPResponse> => {
    const path = `/customers/${who}/orders`;
    const answer = await gateway.get(path, { headers: { 'X-Request-Id': who, ...headers }, ...options });
    tell(who, answer);
    return answer;
  };
  const ready = async (): Promise<unknown> => {
    const { data } = await gateway.get<{ details: { users: unknown } }>('/health/ready', { token: null });
    console.log('ready?', data.details.users);
    return data.details.users;
  };

  assert.deepEqual(await ready(), { status: 'up' });

  const good = await ask('123', { 'X-Tenant': 'north' });
  assert.equal(good.status, 200);
  assert.deepEqual(good.data, {
    customer: 'Ada Lovelace',
    orders: [
      { number: 'A-1', customer: '123', item: 'paper' },
      { number: 'A-2', customer: '123', item: 'ink' },
    ],
    askedBy: 'a user of ours',
  });
  assert.equal(good.headers['x-request-id'], '123');
  const sent = users.seen[0]?.headers;
  assert.equal(sent?.['x-request-id'], '123');
  assert.equal(sent['x-tenant'], 'north');
  // The service's own token, not its caller's.
  assert.equal(sent.authorization, `Bearer ${TOKEN}`);

  const stranger = await ask('123', {}, { token: null });
  assert.deepEqual([stranger.status, stranger.headers['www-authenticate']], [401, 'Bearer']);
  assert.equal((await ask('999')).status, 404);

  const before = users.seen.length;
  const broken = await ask('broken');
  assert.deepEqual([broken.status, broken.headers['x-should-retry']], [503, 'false']);
  assert.equal(users.seen.length - before, 3);
  assert.equal(((await ready()) as { status: string }).status, 'down');

  assert.equal((await ask('nameless')).status, 502);
  assert.equal((await ask('slow', { 'X-Request-Timeout-Ms': '200' })).status, 504);

  // What is under way when the service is told to end is answered still.
  const seen = users.seen.length;
  const last = ask('slow');
  while (users.seen.length === seen) await new Promise(setImmediate);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  assert.equal((await last).status, 200);
  // The service would wait for the connection, which is kept alive after its last answer.
  gateway.close();
  await exit;
  assert.equal(child.signalCode, 'SIGTERM');
});
