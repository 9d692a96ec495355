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
    const client = clientOf(api, source(tokens.url), 0.3);
    const calls = [failure(client.get('/')), failure(client.get('/'))];
    await until(() => tokens.arrived() === 1);

    client.close();

    for (const error of await Promise.all(calls))
      expect(error.message).toContain('no token within the timeout of 0.3 s');
    await until(async () => (await tokens.connections()) === 0);
    await expectNoTimerLeft(before);
    expect(tokens.arrived()).toBe(1);
  },
);

test('a request for which no call waits any more ends with close()', async () => {
  const [api, tokens] = [await service(), await slowIssuer()];
  const client = clientOf(api, tokenService({ url: tokens.url, ...CREDENTIALS }), 0.1);
  await failure(client.get('/'));
  expect(await tokens.connections()).toBe(1);

  client.close();

  await until(async () => (await tokens.connections()) === 0);
  expect(tokens.arrived()).toBe(1);
});

test('a request that waits for its retry ends with close()', async () => {
  const [api, tokens] = [await service(), await service([{ status: 503, headers: { 'retry-after': '1' } }])];
  const client = clientOf(api, tokenService({ ...CREDENTIALS, url: tokens.url }), 0.2);
  const before = timers();
  await failure(client.get('/'));
  expect(tokens.requests).toHaveLength(1);

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
  /** The status of a call that waits for so many seconds, or its failure. */
  readonly callAs: (user: string, timeout: number) => Promise<number | string>;
}

/** A client that needs a token for each user. */
async function users({ url }: SlowIssuer): Promise<Users> {
  const user = new AsyncLocalStorage<string>();
  const api = await service();
  const client = clientOf(api, onBehalfOf({ url, ...CREDENTIALS, subjectToken: () => user.getStore() }));
  const callAs = async (name: string, timeout: number): Promise<number | string> =>
    user.run(name, async () => client.get('/', { timeout }).then(({ status }) => status, String));
  return { client, callAs };
}

test('a token is not requested if no call waits for it any more when its turn comes', async () => {
  const tokens = await slowIssuer();
  const { client, callAs } = await users(tokens);
  const calls = Array.from({ length: 300 }, async (_, index) => callAs(`user-${index}`, 0.5));
  for (const outcome of await Promise.all(calls)) expect(outcome).toContain('no token within the timeout of 0.5 s');
  expect(tokens.arrived()).toBe(50);

  const call = callAs('ada', 30);
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
  const others = Array.from({ length: 50 }, async (_, index) => callAs(`user-${index}`, 30));
  const [first, second] = [callAs('ada', 0.1), callAs('ada', 30)];
  expect(await first).toContain('no token within the timeout of 0.1 s');

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
  await Promise.all(Array.from({ length: 200 }, async (_, index) => callAs(`user-${index}`, 0.3)));

  client.close();

  await until(async () => (await tokens.connections()) === 0);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(tokens.arrived()).toBe(50);
});
