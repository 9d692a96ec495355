import { firstOf, HTTPClient, perHost, staticToken, type TokenSource } from '../../../src/index';
import { failure } from '../../support/outcome';
import { service, type Answer, type Received, type Service } from '../../support/service';

const clients: HTTPClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function get(url: string, token: TokenSource): Promise<unknown> {
  const client = new HTTPClient({ token, timeout: 1 });
  clients.push(client);
  return client.get(url);
}

/** Refuses the old token; everybody else is let in, as are those without one. */
async function api(): Promise<Service> {
  return service(({ headers }: Received): Answer => (headers.authorization === 'Bearer old' ? { status: 401 } : {}));
}

function sent({ requests }: Service): (string | undefined)[] {
  return requests.map(({ headers }) => headers.authorization);
}

/** A source in whose place `invalidate` is called with a function that brings the new token. */
function source(invalidate: (renew: () => void) => unknown): TokenSource {
  let token = 'old';
  return {
    getToken: () => token,
    invalidate: () =>
      invalidate(() => {
        token = 'new';
      }),
  };
}

test.each([[undefined], [null]])('a source that then has %s instead of a token leaves it at the 401', async (none) => {
  const users = await api();
  let token: string | null | undefined = 'old';
  const emptied = { getToken: () => token, invalidate: () => void (token = none) } as TokenSource;

  expect(await failure(get(users.url, emptied))).toMatchObject({ status: 401, attempts: [{ outcome: 401 }] });
  expect(sent(users)).toEqual(['Bearer old']);
});

test.each<[string, (own: TokenSource, url: string) => TokenSource]>([
  ['itself', (own) => own],
  ['one of firstOf', (own) => firstOf({ getToken: () => undefined }, own)],
  ['one of perHost', (own, url) => perHost({ [new URL(url).host]: own, default: staticToken('x') })],
])('a source that takes its time to forget a token is waited for: %s', async (_, wrap) => {
  const users = await api();
  const slow = source(async (renew) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    renew();
  });

  await get(users.url, wrap(slow, users.url));

  expect(sent(users)).toEqual(['Bearer old', 'Bearer new']);
});

test.each<[string, (renew: () => void) => unknown]>([
  [
    'throws',
    () => {
      throw new Error('Redis is down');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('Redis is down'))],
])('a source that %s when it should forget a token leaves it at the 401', async (_, invalidate) => {
  const users = await api();

  expect(await failure(get(users.url, source(invalidate)))).toMatchObject({ status: 401 });
  expect(await failure(get(users.url, firstOf(source(invalidate))))).toMatchObject({ status: 401 });
  expect(sent(users)).toEqual(['Bearer old', 'Bearer old']);
});

test('a failure to tell others of a new token does not keep the call from using it', async () => {
  const users = await api();
  const renewing = source(async (renew) => {
    renew();
    return Promise.reject(new Error('Redis is down'));
  });

  await get(users.url, renewing);

  expect(sent(users)).toEqual(['Bearer old', 'Bearer new']);
});

test('a source that never ends to forget a token is waited for as long as the timeout of an attempt', async () => {
  const users = await api();
  const endless = source(async () => new Promise(() => undefined));

  expect(await failure(get(users.url, endless))).toMatchObject({ name: 'TokenError', attempts: [{ outcome: 401 }] });
});
