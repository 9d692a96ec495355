import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { HTTPClient, onBehalfOf, tokenService, type TokenSource } from '../../../src/index';
import { expectNoTimerLeft, failure, timers } from '../../support/outcome';
import { service, type Service } from '../../support/service';

const CREDENTIALS = { clientId: 'c', clientSecret: 's', timeout: 60 };

/** An issuer that has each request wait until the test says so. */
interface SlowIssuer {
  readonly url: string;
  /** How many requests have arrived. */
  readonly arrived: () => number;
  /** How many connections are open. */
  readonly connections: () => Promise<number>;
  readonly respond: () => void;
}

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function slowIssuer(): Promise<SlowIssuer> {
  const waiting: (() => void)[] = [];
  let count = 0;
  const server = createServer((_, response) => {
    count++;
    waiting.push(() => response.end('{"access_token":"token-1","token_type":"Bearer","expires_in":300}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}/token`,
    arrived: () => count,
    connections: async () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, open) => {
          if (error) reject(error);
          else resolve(open);
        });
      }),
    respond: () => {
      for (const answer of waiting.splice(0)) answer();
    },
  };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

function clientOf(api: Service, token: TokenSource, timeout = 5): HTTPClient {
  return new HTTPClient({ baseURL: api.url, token, timeout, retryAttempts: 0 });
}

test.each<[string, (url: string) => TokenSource]>([
  ['tokenService', (url) => tokenService({ url, ...CREDENTIALS })],
  ['onBehalfOf', (url) => onBehalfOf({ url, ...CREDENTIALS, subjectToken: () => 'ada' })],
])(
  '%s: after close(), a request to an issuer that hangs ends with the last call that waits for it',
  async (_, source) => {
    const [api, tokens, before] = [await service(), await slowIssuer(), timers()];
    const client = clientOf(api, source(tokens.url), 1);
    const calls = [failure(client.get('/')), failure(client.get('/'))];
    await until(() => tokens.arrived() === 1);

    client.close();

    for (const error of await Promise.all(calls)) expect(error.message).toContain('no token within the timeout of 1 s');
    await until(async () => (await tokens.connections()) === 0);
    await expectNoTimerLeft(before);
    expect(tokens.arrived()).toBe(1);
  },
);

test('a request for which no call waits any more ends with close()', async () => {
  const [api, tokens] = [await service(), await slowIssuer()];
  const client = clientOf(api, tokenService({ url: tokens.url, ...CREDENTIALS }));
  const caller = new AbortController();
  const call = failure(client.get('/', { signal: caller.signal }));
  await until(() => tokens.arrived() === 1);
  caller.abort();
  await call;
  expect(await tokens.connections()).toBe(1);

  client.close();

  await until(async () => (await tokens.connections()) === 0);
  expect(tokens.arrived()).toBe(1);
});

test('a request that waits for its retry ends with close()', async () => {
  const [api, tokens] = [await service(), await service([{ status: 503, headers: { 'retry-after': '1' } }])];
  const client = clientOf(api, tokenService({ ...CREDENTIALS, url: tokens.url }));
  const [before, caller] = [timers(), new AbortController()];
  const call = failure(client.get('/', { signal: caller.signal }));
  await until(() => tokens.requests.length === 1);
  caller.abort();
  await call;

  client.close();

  await expectNoTimerLeft(before);
  expect(tokens.requests).toHaveLength(1);
});

test('a call that waits for its token completes, whoever closes the source', async () => {
  const [api, tokens] = [await service(), await slowIssuer()];
  const token = tokenService({ url: tokens.url, ...CREDENTIALS });
  const [one, another] = [clientOf(api, token), clientOf(api, token)];
  const first = one.get('/');
  await until(() => tokens.arrived() === 1);

  one.close();
  const second = another.get('/');
  tokens.respond();

  expect((await first).status).toBe(200);
  expect((await second).status).toBe(200);
  expect(tokens.arrived()).toBe(1);
  another.close();
});

test('a call after close() gets a token', async () => {
  const [api, tokens] = [await service(), await slowIssuer()];
  const client = clientOf(api, tokenService({ url: tokens.url, ...CREDENTIALS }));
  client.close();

  const call = client.get('/');
  await until(() => tokens.arrived() === 1);
  tokens.respond();

  expect((await call).status).toBe(200);
  client.close();
});

interface Users {
  readonly client: HTTPClient;
  /** The status of a call that waits until the signal fires, or its failure. */
  readonly callAs: (user: string, signal?: AbortSignal) => Promise<number | string>;
}

/** A client that needs a token for each user. */
async function users({ url }: SlowIssuer): Promise<Users> {
  const user = new AsyncLocalStorage<string>();
  const api = await service();
  const client = clientOf(api, onBehalfOf({ url, ...CREDENTIALS, subjectToken: () => user.getStore() }), 30);
  const callAs = async (name: string, signal?: AbortSignal): Promise<number | string> =>
    user.run(name, async () => client.get('/', { signal }).then(({ status }) => status, String));
  return { client, callAs };
}

/** The outcomes of the calls of so many users, which are cancelled once the issuer has as many requests as it gets at a time. */
async function cancelled(
  count: number,
  callAs: Users['callAs'],
  tokens: SlowIssuer,
): Promise<readonly (number | string)[]> {
  const callers = new AbortController();
  const calls = Array.from({ length: count }, async (_, index) => callAs(`user-${index}`, callers.signal));
  await until(() => tokens.arrived() === 50);
  callers.abort();
  return Promise.all(calls);
}

test('a token is not requested if no call waits for it any more when its turn comes', async () => {
  const tokens = await slowIssuer();
  const { client, callAs } = await users(tokens);
  for (const outcome of await cancelled(300, callAs, tokens)) expect(outcome).toContain('RequestCancelled');

  const call = callAs('ada');
  tokens.respond();
  await until(() => tokens.arrived() > 50);
  tokens.respond();

  expect(await call).toBe(200);
  expect(tokens.arrived()).toBe(51);
  client.close();
});

test('it is requested as long as one of several calls waits for it', async () => {
  const tokens = await slowIssuer();
  const { client, callAs } = await users(tokens);
  const others = Array.from({ length: 50 }, async (_, index) => callAs(`user-${index}`));
  const caller = new AbortController();
  const [first, second] = [callAs('ada', caller.signal), callAs('ada')];
  await until(() => tokens.arrived() === 50);
  caller.abort();
  expect(await first).toContain('RequestCancelled');

  tokens.respond();
  await until(() => tokens.arrived() > 50);
  tokens.respond();

  expect(await second).toBe(200);
  expect(await Promise.all(others)).toEqual(Array(50).fill(200));
  client.close();
});

test('close() also ends requests that wait for their turn', async () => {
  const tokens = await slowIssuer();
  const { client, callAs } = await users(tokens);
  await cancelled(200, callAs, tokens);

  client.close();

  await until(async () => (await tokens.connections()) === 0);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(tokens.arrived()).toBe(50);
});
