import { inspect } from 'node:util';
import { sign } from 'jsonwebtoken';
import { HTTPClient, HTTPError, TokenError, tokenService, verifyToken } from '../../../src/index';
import { keyPair } from '../../support/key-pair';
import { service, type Answer } from '../../support/service';

const SECRET = 's3cr3t';

function clientOf({ url }: { readonly url: string }, timeout?: number): HTTPClient {
  return new HTTPClient({ token: tokenService({ url, clientId: 'ticket-service', clientSecret: SECRET, timeout }) });
}

async function failureOf(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => new Error('no failure'),
    (error: unknown) => error as Error,
  );
}

/** Cuts the waits of the token client's own retries short, and writes them down. */
function skipWaits(): number[] {
  // The waits are drawn by lot: this draws the longest.
  jest.spyOn(Math, 'random').mockReturnValue(1);
  const waits: number[] = [];
  const start = setTimeout;
  const cut = (run: () => void, delay?: number, ...args: []): NodeJS.Timeout => {
    if (delay !== 200 && delay !== 400) return start(run, delay, ...args);
    waits.push(delay);
    return start(run, 1);
  };
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(cut);
  return waits;
}

afterEach(() => jest.restoreAllMocks());

test('a token service that fails is asked three times, and the API not once', async () => {
  const waits = skipWaits();
  const [api, tokens] = [await service(), await service([{ status: 503, body: 'down' }])];

  const failure = await failureOf(clientOf(tokens).get(`${api.url}/users`));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure).toMatchObject({ code: 'TOKEN_UNAVAILABLE', url: `${api.url}/users`, retries: 0, retryable: false });
  expect(failure.cause).toBeInstanceOf(HTTPError);
  expect(failure.cause).toMatchObject({ status: 503, url: tokens.url });
  expect(waits).toEqual([200, 400]);
  expect(tokens.requests).toHaveLength(3);
  expect(api.requests).toHaveLength(0);
});

test('of a redirect, the error says that it is not followed', async () => {
  const elsewhere = await service();
  const tokens = await service([{ status: 302, headers: { location: elsewhere.url } }]);
  const issuer = { jwks: tokens.url, issuer: 'me', audience: 'users' };

  const failures = [
    await failureOf(clientOf(tokens).get('http://users/')),
    await failureOf(
      verifyToken(issuer)(sign({}, keyPair('ec', { namedCurve: 'P-256' }).privateKey, { algorithm: 'ES256' })),
    ),
  ];

  const words = 'responded with 302 Found; redirects are not followed';
  expect(failures.map(({ message }) => message)).toEqual(Array(2).fill(expect.stringContaining(words)));
  expect(elsewhere.requests).toHaveLength(0);
});

test('a token service that recovers in time is not noticed', async () => {
  skipWaits();
  const api = await service();
  const tokens = await service([
    { status: 500 },
    { status: 429 },
    { json: { access_token: 'x', token_type: 'bearer' } },
  ]);

  await clientOf(tokens).get(api.url);

  expect(api.requests[0]?.headers.authorization).toBe('Bearer x');
});

test('a token service that cannot be reached fails the call with the reason', async () => {
  skipWaits();
  const [api, gone] = [await service(), await service()];
  await gone.close();

  const failure = await failureOf(clientOf(gone).get(api.url));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure.cause).toMatchObject({ code: 'CONNECTION_REFUSED' });
  expect(api.requests).toHaveLength(0);
});

test('a token service that does not answer in time fails the call', async () => {
  skipWaits();
  const tokens = await service([{ delay: 5000 }]);

  const failure = await failureOf(clientOf(tokens, 0.25).get('http://127.0.0.1:1'));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure.cause).toMatchObject({ code: 'TIMEOUT' });
  expect(tokens.requests).toHaveLength(3);
});

test('a refusal is not asked for again, and its error code is told', async () => {
  const tokens = await service([
    { status: 401, json: { error: 'invalid_client', error_description: `not ${SECRET}` } },
  ]);

  const failure = await failureOf(clientOf(tokens).get('http://127.0.0.1:1'));

  expect(failure.message).toMatch(/responded with 401 Unauthorized \(invalid_client\)$/);
  expect(tokens.requests).toHaveLength(1);
});

test.each<[string, Answer, string]>([
  ['no JSON', { body: '<html>' }, 'is not a JSON object'],
  ['no object', { json: 'token' }, 'is not a JSON object'],
  ['no token', { json: {} }, 'the access_token in the 200 response must be a string, got undefined'],
  ['a token in two lines', { json: { access_token: 's3cr3t\n' } }, 'must not contain a line break'],
  ['a token with a space', { json: { access_token: 's3cr3t two' } }, 'must not contain a space'],
  ['another type of token', { json: { access_token: 'x', token_type: 'mac' } }, 'token_type'],
  ['a redirect', { status: 302, headers: { location: '/login' } }, 'responded with 302'],
])('%s from the token service is a TokenError', async (_, answer, words) => {
  const [api, tokens] = [await service(), await service([answer])];

  const failure = await failureOf(clientOf(tokens).get(api.url));

  expect(failure).toBeInstanceOf(TokenError);
  expect(failure.message).toContain(words);
  expect(failure.message).not.toContain('s3cr3t');
  expect(tokens.requests).toHaveLength(1);
  expect(api.requests).toHaveLength(0);
});

test('no printing of a failure shows the secret', async () => {
  const tokens = await service([{ status: 400, json: { error: 'invalid_scope' } }]);

  const failure = await failureOf(clientOf(tokens).get('http://127.0.0.1:1'));

  const printed = [
    inspect(failure, { depth: Infinity, showHidden: true }),
    JSON.stringify(failure),
    String(failure.stack),
  ].join();
  for (const secret of ['s3cr3t', String(tokens.requests[0]?.headers.authorization)])
    expect(printed.includes(secret)).toBe(false);
});

test.each([400, 200])('an issuer that refuses the client with a %i is asked once for many calls', async (status) => {
  const tokens = await service([{ status, json: { error: 'invalid_client', error_description: SECRET } }]);
  const client = clientOf(tokens);

  const failures = [await failureOf(client.get(tokens.url)), await failureOf(client.get(tokens.url))];

  expect(tokens.requests).toHaveLength(1);
  expect(failures[0]?.message).toContain('(invalid_client)');
  expect(failures[1]?.message).toBe(failures[0]?.message);
  expect(inspect(failures[0], { depth: 9 })).not.toContain(SECRET);
});

test.each([
  [{ error: 'incorrect_client_credentials' }, '(incorrect_client_credentials)'],
  [{ ok: false, error: 'invalid_auth' }, '(invalid_auth)'],
  [{ error: { message: 'Invalid OAuth access token', code: 190 } }, 'the 200 response is an error'],
  [{ error: 'invalid_client', access_token: null }, '(invalid_client)'],
  [{ error: 'invalid_client', access_token: '' }, '(invalid_client)'],
])('a 200 with %j is a refusal', async (json, words) => {
  const tokens = await service([{ json }]);
  const client = clientOf(tokens);

  const failures = [await failureOf(client.get(tokens.url)), await failureOf(client.get(tokens.url))];

  expect(tokens.requests).toHaveLength(1);
  for (const { message } of failures) expect(message).toContain(words);
});

test('an issuer with a passing error in a 200 is asked again', async () => {
  const answers: Answer[] = [{ json: { error: 'temporarily_unavailable' } }, { json: { access_token: 'x' } }];
  const [api, tokens] = [await service(), await service(answers)];
  const client = clientOf(tokens);
  await failureOf(client.get(api.url));

  await client.get(api.url);

  expect(api.requests[0]?.headers.authorization).toBe('Bearer x');
});
