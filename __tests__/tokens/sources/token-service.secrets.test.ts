import { inspect } from 'node:util';
import pino from 'pino';
import { HTTPClient, isTokenError, onBehalfOf, tokenService, type TokenSource } from '../../../src/index';
import { CLIENTS, issuer, type Issuer } from '../../support/issuer';
import { failure } from '../../support/outcome';
import { service, type Answer, type Service } from '../../support/service';

const SUBJECT = 'eyJzdWJqZWN0Ijoi.c3ViamVjdC10b2tlbi10aGF0.aXMtc2VjcmV0';
const rsa = { ...CLIENTS.rsa };

const sources: Record<string, (url: string) => TokenSource> = {
  client_secret_basic: (url) => tokenService({ url, ...CLIENTS.basic }),
  client_secret_post: (url) => tokenService({ url, ...CLIENTS.post, authMethod: 'client_secret_post' }),
  private_key_jwt: (url) => tokenService({ url, ...rsa }),
  'token exchange': (url) => onBehalfOf({ url, ...CLIENTS.basic, subjectToken: () => SUBJECT }),
};

const answers: Record<string, Answer> = {
  'a refusal': { status: 401, json: { error: 'invalid_client' } },
  'a failure': { status: 503, body: 'down' },
  'a broken answer': { body: '{"access_token":' },
  'a token that cannot be sent': { json: { access_token: 'not\nto be seen' } },
  'a broken connection': { handle: (request) => request.socket.destroy() },
};

/** What a request held that nobody else is to see. */
function secretsOf({ requests }: Service): string[] {
  const forms = requests.map(({ body }) => new URLSearchParams(body.toString()));
  const sent = forms.flatMap((form) =>
    ['client_secret', 'client_assertion', 'subject_token'].map((name) => form.get(name)),
  );
  const headers = requests.map(({ headers: { authorization } }) => authorization?.slice('Basic '.length));
  return [...sent, ...headers].filter((secret) => typeof secret === 'string');
}

/** The secret itself, as an issuer decodes it. */
function plainSecretOf(authorization = ''): string {
  return authorization === '' ? '' : CLIENTS.basic.clientSecret;
}

/** Every text in an error that can be reached at all: also where no printing goes. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (Buffer.isBuffer(value)) return [value.toString('latin1')];
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return [];
  seen.add(value);
  const texts: string[] = [];
  for (
    let one: unknown = value;
    one !== null && one !== Object.prototype;
    one = Object.getPrototypeOf(one) as unknown
  ) {
    for (const name of Reflect.ownKeys(one as object)) {
      try {
        texts.push(...textsIn((value as Record<string | symbol, unknown>)[name], seen));
      } catch {
        // A getter for other objects than this one.
      }
    }
  }
  return texts;
}

function printings(error: Error): string[] {
  const lines: string[] = [];
  pino({}, { write: (line: string) => void lines.push(line) }).error({ err: error, error });
  return [
    ...lines,
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify([error, error.cause, Object.entries(error)]),
    String(error.stack),
  ];
}

let authority: Issuer;

beforeAll(async () => {
  authority = await issuer();
});

describe.each(Object.keys(sources))('%s', (method) => {
  test.each(Object.keys(answers))('shows nothing of what it sent when it meets %s', async (answer) => {
    const tokens = await service([answers[answer] ?? {}]);
    const source = sources[method]?.(tokens.url);
    // What the source throws is looked at too: a caller may use one by itself.
    const own = await Promise.resolve(source?.getToken({ url: 'http://users/' })).catch((error: unknown) => error);
    const client = new HTTPClient({ token: source ?? null });

    const thrown = await failure(client.get('http://127.0.0.1:1/'));
    client.close();

    expect(isTokenError(thrown) && isTokenError(own)).toBe(true);
    const secrets = secretsOf(tokens);
    expect(secrets.length).toBeGreaterThan(0);
    const texts = [...printings(thrown), ...printings(own as Error), ...textsIn(own), ...textsIn(thrown.cause)];
    expect(texts.join('\n').length).toBeGreaterThan(1000);
    for (const secret of [...secrets, SUBJECT, 'to be seen']) {
      expect(texts.some((text) => text.includes(secret))).toBe(false);
    }
  });
});

describe.each(Object.keys(sources))('%s', (method) => {
  test.each([
    [
      'the words of a problem',
      400,
      'application/problem+json',
      (secret: string) => ({ detail: `not valid: ${secret}` }),
    ],
    ['the description of an error', 400, 'application/json', (secret: string) => ({ error_description: [secret] })],
    ['text', 500, 'text/plain', (secret: string) => secret],
  ])('shows nothing of what it sent when the issuer quotes it in %s', async (_, status, type, quote) => {
    const tokens = await service((request) => {
      const all = [
        ...secretsOf({ requests: [request] } as unknown as Service),
        plainSecretOf(request.headers.authorization),
      ];
      const body = quote(all.join(' and '));
      return {
        status,
        headers: { 'content-type': type },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      };
    });
    const client = new HTTPClient({ token: sources[method]?.(tokens.url) ?? null });

    const thrown = await failure(client.get('http://127.0.0.1:1/'));
    client.close();

    const authorization = tokens.requests[0]?.headers.authorization;
    const texts = [...printings(thrown), ...textsIn(thrown.cause)];
    expect(texts.some((text) => text.includes('***'))).toBe(true);
    for (const secret of [...secretsOf(tokens), plainSecretOf(authorization)].filter(Boolean)) {
      expect(texts.some((text) => text.includes(secret))).toBe(false);
    }
  });
});

test('a real issuer that refuses an assertion is told of without it', async () => {
  const source = tokenService({
    url: authority.tokenUrl,
    ...rsa,
    privateKey: CLIENTS.ec.privateKey,
    algorithm: 'ES256',
  });

  const own = (await Promise.resolve(source.getToken({ url: 'http://users/' })).catch(
    (error: unknown) => error,
  )) as Error;
  source.close?.();

  expect(own.message).toContain('(invalid_client)');
  // Any JWT at all begins so.
  expect([...printings(own), ...textsIn(own)].some((text) => text.includes('eyJ'))).toBe(false);
});

test('a source that is printed shows neither secret nor token', async () => {
  const source = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic });
  const answer = (await source.getToken({ url: 'http://users/' })) as { token: string };

  const printed = inspect([source, new HTTPClient({ token: source })], { depth: Infinity, showHidden: true });
  source.close?.();

  expect(printed).toContain('getToken');
  for (const secret of [CLIENTS.basic.clientSecret, answer.token]) expect(printed.includes(secret)).toBe(false);
});
