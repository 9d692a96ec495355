import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { HTTPClient, onBehalfOf, type TokenError } from '../../../src/index';
import type { AccessToken, TokenSource } from '../../../src/tokens/sources/token-source';
import { service, type Answer, type Received, type Service } from '../../support/service';

interface Scene {
  readonly tokens: Service;
  readonly source: TokenSource;
  /** What the issuer responds with. */
  answer: (user: string) => Answer;
  /** The outcome for each user: a token, or a message. */
  readonly askAs: (users: readonly string[]) => Promise<readonly string[]>;
}

function userOf({ body }: Received): string {
  return new URLSearchParams(body.toString()).get('subject_token') ?? '';
}

function granted(user: string): Answer {
  return { json: { access_token: `for-${user}`, token_type: 'Bearer', expires_in: 300 } };
}

async function scene(): Promise<Scene> {
  const tokens = await service((request) => self.answer(userOf(request)));
  let user = '';
  const source = onBehalfOf({ url: tokens.url, clientId: 'c', clientSecret: 's', subjectToken: () => user });
  const ask = async (name: string): Promise<string> => {
    user = name;
    const answer = source.getToken({ url: 'http://users/' }) as Promise<AccessToken>;
    return answer.then(
      ({ token }) => token,
      (error: unknown) => (error as Error).message,
    );
  };
  const self: Scene = {
    tokens,
    source,
    answer: granted,
    askAs: async (users) => Promise.all(users.map(ask)),
  };
  return self;
}

function users(count: number, prefix = 'user'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** As many as prove that the issuer is down. */
const FIRST = users(5, 'first');

test('while the token service is down, 200 users make two requests, not 200', async () => {
  const one = await scene();
  one.answer = () => ({ status: 503 });
  await one.askAs(FIRST);
  const before = one.tokens.requests.length;

  const messages = await one.askAs(users(200));

  for (const message of messages) expect(message).toContain('responded with 503');
  expect(one.tokens.requests).toHaveLength(before + 2);
  one.source.close?.();
});

test('a token service that goes down gets at most 50 requests at a time, however many users come at once', async () => {
  const one = await scene();
  await one.askAs(['alice']);
  let [inProgress, most] = [0, 0];
  one.answer = () => {
    most = Math.max(most, ++inProgress);
    setTimeout(() => inProgress--, 20);
    return { status: 503, delay: 20 };
  };

  const messages = await one.askAs(users(300));

  for (const message of messages) expect(message).toContain('responded with 503');
  expect(most).toBeLessThanOrEqual(50);
  // 50, one after each of the first four failures, all of these with two retries; and two that show that it is still down.
  expect(one.tokens.requests.length).toBeLessThanOrEqual(1 + 54 * 3 + 2);
  one.source.close?.();
});

test('once it is back, all of them get their own token after one that goes first', async () => {
  const one = await scene();
  one.answer = () => ({ status: 503 });
  await one.askAs(FIRST);
  const before = one.tokens.requests.length;
  let served = 0;
  let seenByFirst = 0;
  one.answer = (user) => {
    if (++served === 2) seenByFirst = performance.now();
    return { ...granted(user), delay: served === 1 ? 200 : 0 };
  };
  const start = performance.now();

  const all = users(50);
  const tokens = await one.askAs(all);

  expect(tokens).toEqual(all.map((user) => `for-${user}`));
  expect(one.tokens.requests).toHaveLength(before + all.length);
  // The second request came after the response to the first.
  expect(seenByFirst - start).toBeGreaterThan(190);
  one.source.close?.();
});

test.each<[string, Answer]>([
  ['500', { status: 500 }],
  ['429', { status: 429 }],
  ['302', { status: 302, headers: { location: 'http://127.0.0.1:1/login' } }],
  ['400, temporarily_unavailable', { status: 400, json: { error: 'temporarily_unavailable' } }],
  ['200, slow_down', { json: { error: 'slow_down' } }],
  ['200, a page', { body: '<html>', headers: { 'content-type': 'text/html' } }],
  ['200, a token with a line break', { json: { access_token: 'a\nb' } }],
])('a token service that responds with %s fails for all users', async (_, answer) => {
  const one = await scene();
  one.answer = () => answer;
  await one.askAs(FIRST);
  const before = one.tokens.requests.length;

  await one.askAs(users(20));

  expect(one.tokens.requests).toHaveLength(before + 2);
  one.source.close?.();
});

test('a Retry-After holds for the tokens of all users', async () => {
  const one = await scene();
  one.answer = () => ({ status: 429, headers: { 'retry-after': '20' } });
  await one.askAs(['first']);

  const messages = await one.askAs(users(20));

  for (const message of messages) expect(message).toContain('429');
  expect(one.tokens.requests).toHaveLength(1);
  one.source.close?.();
});

test('a wrong secret is refused once for all users', async () => {
  const one = await scene();
  one.answer = () => ({ status: 401, json: { error: 'invalid_client' } });
  await one.askAs(['first']);

  const messages = await one.askAs(users(20));

  for (const message of messages) expect(message).toContain('(invalid_client)');
  expect(one.tokens.requests).toHaveLength(1);
  one.source.close?.();
});

test.each([
  ['a 400 with invalid_client, for an audience', { status: 400, json: { error: 'invalid_client' } }],
  ['a 401 without a word', { status: 401 }],
  ['invalid_grant', { status: 400, json: { error: 'invalid_grant' } }],
  ['403', { status: 403 }],
  ['invalid_grant with 200', { json: { error: 'invalid_grant' } }],
])('a token that is refused (%s) holds up nobody else', async (_, refusal) => {
  const one = await scene();
  one.answer = (user) => (user.startsWith('mallory') ? refusal : granted(user));

  for (let round = 0; round < 20; round++) {
    const [, token] = await one.askAs([`mallory-${round}`, `alice-${round}`]);
    expect(token).toBe(`for-alice-${round}`);
  }

  expect(one.tokens.requests).toHaveLength(40);
  one.source.close?.();
});

const SICK = {
  status: 503,
  headers: { 'content-type': 'application/problem+json' },
};

test.each<[string, Answer]>([
  ['by the failure of another', {}],
  ['until the time that the response to another has named', { headers: { 'retry-after': '20' } }],
])('a call that is held up %s says why, and has nothing of the response to it', async (_, { headers }) => {
  const user = new AsyncLocalStorage<string>();
  const tokens = await service((request) => {
    const detail = `the mailbox of ${userOf(request)} is full`;
    return { ...SICK, headers: { ...SICK.headers, ...headers }, body: JSON.stringify({ detail }) };
  });
  const token = onBehalfOf({ url: tokens.url, clientId: 'c', clientSecret: 's', subjectToken: () => user.getStore() });
  const client = new HTTPClient({ token });
  const failureOf = async (name: string): Promise<TokenError> =>
    user.run(name, () => client.get('http://127.0.0.1:1/').catch((error: unknown) => error)) as Promise<TokenError>;
  const [first] = await Promise.all(users(5).map(failureOf));

  const failures = await Promise.all(users(4, 'user-b').map(failureOf));

  expect(inspect(first)).toContain('user-0');
  for (const failure of failures.slice(2)) {
    expect(failure.message).toContain('responded with 503');
    expect(inspect(failure) + JSON.stringify([failure, failure.cause])).not.toContain('user-');
    expect((failure.cause as TokenError).response).toBeUndefined();
    expect((failure.cause as TokenError).attempts).toEqual([]);
  }
  client.close();
});

test('users whose inbound token has expired do not wait for a token service that is down, nor for one another', async () => {
  const one = await scene();
  one.answer = () => ({ status: 503 });
  await one.askAs(FIRST);
  one.answer = () => ({ status: 503, delay: 1000 });
  let isSettled = false;
  const goesFirst = one.askAs(['alice']).then(() => (isSettled = true));
  const claims = Buffer.from('{"exp":1}').toString('base64url');
  const expired = users(100).map((user) => `${user}.${claims}.x`);

  // Twice: that it has failed before delays nobody.
  const messages = [...(await one.askAs(expired)), ...(await one.askAs(expired))];

  expect(isSettled).toBe(false);
  expect(new Set(messages)).toEqual(new Set(['the token of the inbound request has expired']));
  await goesFirst;
  one.source.close?.();
});

test('a call for the token that was refused itself gets the whole failure again', async () => {
  const tokens = await service(() => ({ status: 401, json: { error: 'invalid_client' } }));
  const token = onBehalfOf({ url: tokens.url, clientId: 'c', clientSecret: 's', subjectToken: () => 'alice' });
  const client = new HTTPClient({ token });
  const failures = [await client.get(tokens.url).catch(causeOf), await client.get(tokens.url).catch(causeOf)];

  expect(failures).toMatchObject([{ status: 401 }, { status: 401 }]);
  expect(tokens.requests).toHaveLength(1);
  client.close();
});

test.each([
  ['fails', async () => Promise.reject(new Error('the vault is sealed')), 'the vault is sealed'],
  ['hangs', async () => new Promise<never>(() => undefined), 'credentials took longer'],
])(
  'while the source of the secret %s, 20 users ask it twice, and do not wait for one another',
  async (_, secret, reason) => {
    const tokens = await service(() => ({ status: 503 }));
    let user = '';
    let asked = 0;
    const clientSecret = async (): Promise<string> => {
      asked++;
      return secret();
    };
    const source = onBehalfOf({ url: tokens.url, clientId: 'c', clientSecret, timeout: 0.2, subjectToken: () => user });
    const failureOf = async (name: string): Promise<string> => {
      user = name;
      return (source.getToken({ url: tokens.url }) as Promise<unknown>).then(String, String);
    };
    await Promise.all(FIRST.map(failureOf));
    asked = 0;

    const failures = await Promise.all(users(20).map(failureOf));

    for (const failure of failures) expect(failure).toContain(reason);
    expect(asked).toBe(2);
    source.close?.();
  },
);

function causeOf(error: unknown): unknown {
  return (error as Error).cause;
}
