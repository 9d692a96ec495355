/** Drives the orders services of `express/` and `nestjs/`: starts what they need, and calls them like a gateway. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HTTPClient, signedJwt, type HTTPResponse } from '@hdms/http-client';
import { keyPair } from './key-pair';
import { startService, type Service, type ServiceAnswer } from './service';

const TOKEN = 'the-token-of-the-orders-service';

/** The responses of the users service, by request. */
const USERS: Readonly<Record<string, ServiceAnswer>> = {
  '/users/123': { json: { id: '123', name: 'Ada Lovelace', since: 1843 } },
  '/users/broken': { status: 503, headers: { 'Retry-After': '0' } },
  '/users/nameless': { json: { id: 'nameless' } },
  '/users/slow': { json: { id: '123', name: 'Ada Lovelace' }, delay: 0.5 },
};

export interface Orders {
  readonly child: ChildProcess;
  readonly users: Service;
  /** What the orders service prints. */
  readonly lines: readonly string[];
  /** A client with a caller's token. */
  readonly gateway: HTTPClient;
  /** Requests the orders of a customer, and prints the response. */
  readonly ask: (
    who: string,
    headers?: Record<string, string>,
    options?: { readonly token?: null },
  ) => Promise<HTTPResponse>;
}

/** Starts the `main` of a folder as a separate process. */
export async function startOrders(folder: string, nobody: ServiceAnswer): Promise<Orders> {
  const { privateKey, publicKey } = keyPair();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
  const keys = await startService([{ json: { keys: [jwk] } }]);
  const users = await startService(({ url }) => USERS[url] ?? nobody);
  const names = { issuer: 'gateway', audience: 'orders-service', subject: 'a user of ours' };
  const { url, child, lines } = await start(folder, {
    USERS_URL: users.url,
    TOKEN_ISSUER: 'gateway',
    TOKEN_KEYS_URL: `${keys.url}/jwks`,
    SERVICE_AUTH_TOKEN: TOKEN,
    OPERATOR: names.subject,
  });
  const token = signedJwt({ privateKey, keyId: 'key-1', ...names });
  const gateway = new HTTPClient({ baseURL: url, token, retryAttempts: 0, validateStatus: null });
  return {
    child,
    users,
    lines,
    gateway,
    async ask(who, headers = {}, options = {}) {
      const path = `/customers/${who}/orders`;
      const answer = await gateway.get(path, { headers: { 'X-Request-Id': who, ...headers }, ...options });
      tell(who, answer);
      return answer;
    },
  };
}

/** An order for the caller in the token, and a caller without a token. */
export async function askForOrders({ ask, users }: Orders): Promise<void> {
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
  const sent = users.requests[0]?.headers;
  assert.equal(sent?.['x-request-id'], '123');
  assert.equal(sent['x-tenant'], 'north');
  // The service's own token, not the caller's.
  assert.equal(sent.authorization, `Bearer ${TOKEN}`);

  const stranger = await ask('123', {}, { token: null });
  assert.deepEqual([stranger.status, stranger.headers['www-authenticate']], [401, 'Bearer']);
}

/** The users service responds with 503: the orders service retries, and tells its caller not to retry. */
export async function askWhileUsersFail({ ask, users }: Orders): Promise<void> {
  const before = users.requests.length;
  const broken = await ask('broken');
  assert.deepEqual([broken.status, broken.headers['x-should-retry']], [503, 'false']);
  assert.equal(users.requests.length - before, 3);
}

/** A response without a name, and one that takes too long. */
export async function askForBadAnswers({ ask }: Orders): Promise<void> {
  assert.equal((await ask('nameless')).status, 502);
  assert.equal((await ask('slow', { 'X-Request-Timeout-Ms': '200' })).status, 504);
}

/** Stops the service while a request is in progress, which is still completed. */
export async function endOrders({ ask, users, child, gateway }: Orders): Promise<void> {
  const seen = users.requests.length;
  const last = ask('slow');
  while (users.requests.length === seen) await new Promise(setImmediate);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  assert.equal((await last).status, 200);
  // Otherwise the service may wait for the connection, which is kept alive after its last response.
  gateway.close();
  await exit;
}

async function start(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Pick<Orders, 'child' | 'lines'> & { readonly url: string }> {
  const child = spawn(process.execPath, [join(folder, 'main.js')], {
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // If this process fails, the other one must not be left running.
  process.once('exit', () => child.kill('SIGKILL'));
  const lines: string[] = [];
  const url = await new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      console.log(`    orders service: ${line}`);
      lines.push(line);
      if (line.startsWith('listening on ')) resolve(line.replace('listening on ', ''));
    });
  });
  return { url, child, lines };
}

function tell(what: string, { status, headers, elapsed }: HTTPResponse): void {
  const named = ['x-request-id', 'www-authenticate', 'retry-after', 'x-should-retry'];
  const shown = named.filter((name) => name in headers).map((name) => `${name}: ${String(headers[name])}`);
  console.log(`${what}: ${status} in ${elapsed.toFixed(2)} s (${shown.join(', ')})`);
}
