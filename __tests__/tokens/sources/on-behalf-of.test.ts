import { decode, sign } from 'jsonwebtoken';
import { HTTPClient, onBehalfOf, tokenService, type OnBehalfOfOptions } from '../../../src/index';
import { memoryTokenStore } from '../../../src/stores/memory-token-store';
import type { AccessToken, TokenSource } from '../../../src/tokens/sources/token-source';
import { CLIENTS, issuer, type Issuer } from '../../support/issuer';
import { failure } from '../../support/outcome';
import { service } from '../../support/service';

const AT_USERS = { url: 'http://user-service/users' };

let authority: Issuer;

beforeAll(async () => {
  authority = await issuer();
});

type Options = Partial<OnBehalfOfOptions> & { readonly subjectToken: () => string | undefined };

function source(options: Options): TokenSource {
  return onBehalfOf({ url: authority.tokenUrl, ...CLIENTS.basic, audience: 'urn:hdms:users', ...options });
}

async function ask(one: TokenSource, request = AT_USERS): Promise<AccessToken> {
  return (await one.getToken(request)) as AccessToken;
}

function claims({ token }: AccessToken): Record<string, unknown> {
  return decode(token, { json: true }) ?? {};
}

/** The forms of the token requests that `act` makes. */
async function formsOf(act: () => Promise<unknown>): Promise<readonly Readonly<Record<string, string>>[]> {
  const before = (await authority.requests()).length;
  await act();
  return (await authority.requests()).slice(before).map(({ form }) => form);
}

test('the token of an inbound request becomes one for the next service, for the same user', async () => {
  const api = await service();
  const inbound = await authority.tokenFor('alice', { audience: 'urn:hdms:web' });
  const client = new HTTPClient({ token: source({ subjectToken: () => inbound, scope: 'users:read' }) });

  await client.get(api.url);

  const [, token = ''] = api.requests[0]?.headers.authorization?.split(' ') ?? [];
  expect(token).not.toBe(inbound);
  expect(decode(token)).toMatchObject({
    sub: 'alice',
    aud: 'urn:hdms:users',
    scope: 'users:read',
    act: { sub: CLIENTS.basic.clientId },
  });
  client.close();
});

test('the exchange is that of RFC 8693', async () => {
  const inbound = await authority.tokenFor('alice');
  const one = source({ subjectToken: () => inbound, parameters: { tenant: 'a' } });

  const [form] = await formsOf(async () => ask(one));

  expect(form).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: inbound,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: 'urn:hdms:users',
    tenant: 'a',
  });
});

test('the service that acts can show a token of its own', async () => {
  const inbound = await authority.tokenFor('alice');
  const actorToken = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic });
  const { token: own } = (await actorToken.getToken(AT_USERS)) as AccessToken;
  const requestedTokenType = 'urn:ietf:params:oauth:token-type:access_token';
  const one = source({ subjectToken: () => inbound, actorToken, requestedTokenType });

  const [form] = await formsOf(async () => ask(one));

  expect(form).toMatchObject({
    actor_token: own,
    actor_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    requested_token_type: requestedTokenType,
  });
  one.close?.();
});

test.each([undefined, null, ''])('without a token of the actor (%p) nothing is exchanged', async (none) => {
  const inbound = await authority.tokenFor('alice');
  const one = source({ subjectToken: () => inbound, actorToken: { getToken: () => none } as TokenSource });

  const forms = await formsOf(async () => {
    expect(await failure(ask(one))).toMatchObject({
      name: 'TokenError',
      message: expect.stringContaining('`onBehalfOf.actorToken` has no token') as string,
    });
  });

  expect(forms).toEqual([]);
});

test.each<[unknown, string]>([
  [{ access_token: 'x' }, 'an object'],
  [{ token: 7 }, 'a number'],
])('what is not a token of the actor (%j) is named, and nothing is exchanged', async (wrong, got) => {
  const one = source({ subjectToken: () => 'inbound', actorToken: { getToken: () => wrong } as TokenSource });

  const forms = await formsOf(async () => {
    expect(await failure(ask(one))).toMatchObject({
      message: `Option \`onBehalfOf.actorToken (returned by the source)\` must be a non-empty string, got ${got}`,
    });
  });

  expect(forms).toEqual([]);
});

test('a source of the actor that hangs once costs one exchange, not all of that user', async () => {
  const inbound = await authority.tokenFor('alice');
  const own = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic });
  let hangs = true;
  const actorToken: TokenSource = {
    getToken: (request) => (hangs ? new Promise<never>(() => undefined) : own.getToken(request)),
  };
  const one = source({ subjectToken: () => inbound, actorToken, timeout: 2 });

  const error = await failure(ask(one));
  hangs = false;

  expect(error.message).toBe('`onBehalfOf.actorToken` took longer than the timeout of 2 s');
  expect(claims(await ask(one))).toMatchObject({ sub: 'alice' });
  one.close?.();
});

test('without an inbound token none is sent, and the issuer is not asked', async () => {
  const api = await service();
  const client = new HTTPClient({ token: source({ subjectToken: () => undefined }) });

  const forms = await formsOf(async () => client.get(api.url));

  expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(forms).toEqual([]);
});

test('each user has a token, which is asked for once', async () => {
  const inbound = await Promise.all(['alice', 'bob'].map(async (name) => authority.tokenFor(name)));
  let user = 0;
  const one = source({ subjectToken: () => inbound[user] });
  const askAs = async (index: number): Promise<AccessToken> => {
    user = index;
    return ask(one);
  };

  const forms = await formsOf(async () => {
    const tokens = await Promise.all([askAs(0), askAs(1), askAs(0), askAs(1)]);
    expect(tokens.map((token) => claims(token)['sub'])).toEqual(['alice', 'bob', 'alice', 'bob']);
    expect((await askAs(1)).token).toBe(tokens[1].token);
  });

  expect(forms.map((form) => form['subject_token']).sort()).toEqual([...inbound].sort());
});

test('each service that is called has a token of its own', async () => {
  const inbound = await authority.tokenFor('alice');
  const one = source({ subjectToken: () => inbound, audience: ({ hostname }) => `urn:hdms:${hostname}` });

  const tokens = [await ask(one), await ask(one, { url: 'http://tickets/' })];

  expect(tokens.map((token) => claims(token)['aud'])).toEqual(['urn:hdms:user-service', 'urn:hdms:tickets']);
});

test('a token is kept no longer than the inbound one lives, and is not renewed beside it', async () => {
  const inbound = await authority.tokenFor('alice', { lifetime: 3 });
  const one = source({ subjectToken: () => inbound });
  const end = Number(decode(inbound, { json: true })?.exp) * 1000;

  const forms = await formsOf(async () => {
    const token = await ask(one);
    expect(Number(claims(token)['exp']) * 1000).toBeGreaterThan(end);
    expect(token.expiresAt).toBe(end);
    jest.spyOn(Date, 'now').mockReturnValue(end - 100);
    expect(one.getToken(AT_USERS)).toBe(token);
  });
  expect(forms).toHaveLength(1);

  jest.spyOn(Date, 'now').mockReturnValue(end);
  await expect(ask(one)).rejects.toThrow('the token of the inbound request has expired');
  jest.restoreAllMocks();
});

test('an inbound token that the issuer does not take is a TokenError that does not show it', async () => {
  const inbound = sign({ sub: 'mallory' }, 'a key of nobody', { expiresIn: 60 });
  const client = new HTTPClient({ token: source({ subjectToken: () => inbound }) });

  const thrown = await failure(client.get('http://127.0.0.1:1/'));

  expect(thrown).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  expect(thrown.message).toContain('(invalid_request)');
  expect(thrown.message).not.toContain(inbound);
  client.close();
});

test('a refusal of the token of one user leaves the others alone', async () => {
  const inbound = [sign({ sub: 'mallory' }, 'a key of nobody', { expiresIn: 60 }), await authority.tokenFor('bob')];
  let user = 0;
  const one = source({ subjectToken: () => inbound[user] });
  await expect(ask(one)).rejects.toThrow('invalid_request');

  user = 1;

  expect(claims(await ask(one))['sub']).toBe('bob');
});

test('of more users than it keeps tokens for, those not seen for the longest time are asked for again', async () => {
  const inbound = await Promise.all(['a', 'b', 'c'].map(async (name) => authority.tokenFor(name)));
  let user = 0;
  const one = source({ subjectToken: () => inbound[user], maxTokens: 2 });

  const forms = await formsOf(async () => {
    for (user of [0, 1, 2, 1, 2, 0]) await ask(one);
  });

  expect(forms.map((form) => inbound.indexOf(form['subject_token'] ?? ''))).toEqual([0, 1, 2, 0]);
});

test('a token that is not accepted is exchanged anew', async () => {
  const inbound = await authority.tokenFor('alice');
  const one = source({ subjectToken: () => inbound });
  const first = await ask(one);

  one.invalidate?.(first.token);

  expect((await ask(one)).token).not.toBe(first.token);
});

test('a store is told neither the inbound token nor whose it is', async () => {
  const inbound = await authority.tokenFor('alice');
  const memory = memoryTokenStore();
  const keys: string[] = [];
  const store = {
    ...memory,
    get: async (key: string) => {
      keys.push(key);
      return memory.get(key);
    },
  };

  await ask(source({ subjectToken: () => inbound, store }));

  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    for (const part of [...inbound.split('.'), 'alice']) expect(key).not.toContain(part);
  }
});

describe('with the grant of Microsoft Entra ID', () => {
  test('the inbound token is the assertion of RFC 7523', async () => {
    const tokens = await service([{ json: { access_token: 'x', expires_in: 60 } }]);
    const options = { url: tokens.url, clientId: 'c', clientSecret: 's', scope: 'api://users/.default' } as const;
    const one = onBehalfOf({ ...options, grant: 'jwt-bearer', subjectToken: () => 'inbound' });

    expect(await ask(one)).toMatchObject({ token: 'x' });
    one.close?.();

    expect(Object.fromEntries(new URLSearchParams(tokens.requests[0]?.body.toString()))).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      scope: 'api://users/.default',
      assertion: 'inbound',
    });
  });

  test.each([
    [{ grant: 'jwt_bearer' }, "Option `onBehalfOf.grant` must be 'token-exchange' or 'jwt-bearer', got 'jwt_bearer'"],
    [
      { grant: 'jwt-bearer', subjectTokenType: 'x' },
      "Option `onBehalfOf.subjectTokenType` cannot be used with grant 'jwt-bearer'",
    ],
    [{ grant: 'jwt-bearer', parameters: { assertion: 'x' } }, 'must not contain `assertion`'],
  ])('%j is refused', (options, message) => {
    const good = { url: 'http://a/', clientId: 'c', clientSecret: 's', subjectToken: () => 'x' };

    expect(() => onBehalfOf({ ...good, ...(options as object) })).toThrow(message);
  });
});
