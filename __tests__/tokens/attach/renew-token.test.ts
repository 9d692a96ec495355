import { Readable } from 'node:stream';
import { HTTPClient, tokenService, type HTTPClientOptions, type TokenSource } from '../../../src/index';
import { CLIENTS, issuer, type Issuer } from '../../support/issuer';
import { failure } from '../../support/outcome';
import { service, type Answer, type Received, type Service } from '../../support/service';

let authority: Issuer;
const clients: HTTPClient[] = [];

beforeAll(async () => {
  authority = await issuer();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function makeClient(options: HTTPClientOptions = {}): HTTPClient {
  const token = tokenService({ url: authority.tokenUrl, ...CLIENTS.basic });
  const client = new HTTPClient({ token, retry: { base: 0.001 }, ...options });
  clients.push(client);
  return client;
}

/** An API that asks the issuer whether a token is active, as one with opaque tokens does. */
async function introspectingAPI(): Promise<Service> {
  return service(({ headers }) => ({
    handle: (_, response) => {
      void authority.isActive(String(headers.authorization).slice('Bearer '.length)).then((isActive) => {
        response.writeHead(isActive ? 200 : 401, { 'content-type': 'application/json' }).end('{"ok":true}');
      });
    },
  }));
}

/** Knows what a source gives as `token-1`, `token-2` and so on, and what was taken back. */
function numbered(): TokenSource & { readonly refused: string[] } {
  let number = 1;
  const refused: string[] = [];
  return {
    refused,
    getToken: () => `token-${number}`,
    invalidate(token) {
      refused.push(token);
      if (token === `token-${number}`) number++;
    },
  };
}

function refusing(token: string, answer: Answer = {}): (request: Received) => Answer {
  return ({ headers }) => (headers.authorization === `Bearer ${token}` ? { status: 401, ...answer } : { json: {} });
}

function sent(api: Service): (string | undefined)[] {
  return api.requests.map(({ headers }) => headers.authorization);
}

test('tokens that were revoked with 50 calls in flight cost one token request, and no call', async () => {
  const api = await introspectingAPI();
  const client = makeClient();
  await client.get(api.url);
  await authority.revokeAll();
  const before = await authority.tokenRequests();
  api.requests.length = 0;

  const answers = await Promise.all(Array.from({ length: 50 }, async () => client.get(api.url)));

  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  expect(answers.map(({ retries }) => retries)).toEqual(Array(50).fill(0));
  expect((await authority.tokenRequests()) - before).toBe(1);
  expect(api.requests).toHaveLength(100);
  expect(new Set(sent(api)).size).toBe(2);
});

test('a call whose token was refused is sent again with another, whatever its method and retries', async () => {
  const api = await service(refusing('token-1'));
  const options: HTTPClientOptions = { retryAttempts: 0, retry: { unsafeMethods: 'never' } };
  const client = makeClient({ ...options, token: numbered() });

  const { status, retries, config } = await client.post(api.url, { json: { id: 7 } });

  expect([status, retries]).toEqual([200, 0]);
  expect(sent(api)).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(api.requests.map(({ body }) => body.toString())).toEqual(['{"id":7}', '{"id":7}']);
  expect(config.call?.attempts).toMatchObject([
    { outcome: 401, decision: 'replay', reason: 'TOKEN_REFUSED', wait: 0 },
    { outcome: 200, decision: 'done' },
  ]);
});

test('a token that is newer than the refused one is not taken back', async () => {
  const token = numbered();
  const api = await service((request) => {
    // Somebody else has renewed it while the request was on its way.
    if (request.headers.authorization === 'Bearer token-1') token.invalidate?.('token-1');
    return refusing('token-1')(request);
  });

  await makeClient({ token }).get(api.url);

  expect(sent(api)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test.each<[string, Answer]>([
  ['403', { status: 403 }],
  [
    'a 401 for want of scope',
    { status: 401, headers: { 'www-authenticate': 'Bearer realm="x", error="insufficient_scope"' } },
  ],
])('%s is final', async (_, answer) => {
  const token = numbered();
  const api = await service([answer]);

  const error = await failure(makeClient({ token }).get(api.url));

  expect(error).toMatchObject({ status: answer.status, attempts: [{ decision: 'fail', reason: 'not-retryable' }] });
  expect(token.refused).toEqual([]);
});

test('a 401 whose description mentions insufficient_scope is for the token', async () => {
  const description = 'Bearer error="invalid_token", error_description="expired, not error=insufficient_scope"';
  const api = await service(refusing('token-1', { headers: { 'www-authenticate': description } }));

  expect(await makeClient({ token: numbered() }).get(api.url)).toMatchObject({ status: 200 });
  expect(sent(api)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test.each<[string, HTTPClientOptions, Parameters<HTTPClient['get']>[1]]>([
  ['the call', { token: numbered() }, { token: 'explicit' }],
  ['the client', { token: 'explicit' }, {}],
  ['a function', { token: () => 'explicit' }, {}],
  ['a header', { token: numbered() }, { headers: { Authorization: 'Bearer explicit' } }],
])('a 401 for the token of %s is final', async (_, options, call) => {
  const api = await service(refusing('explicit'));

  expect(await failure(makeClient(options).get(api.url, call))).toMatchObject({ status: 401 });
  expect(sent(api)).toEqual(['Bearer explicit']);
});

test('a 401 for the token of the environment is final, though a token service is configured', async () => {
  const api = await service(refusing('from-env'));
  process.env['AUTH_TOKEN'] = 'from-env';
  const url = new URL(authority.tokenUrl);
  const { clientId, clientSecret } = CLIENTS.basic;
  Object.assign(process.env, { TOKEN_SERVICE_URL: url.href, TOKEN_SERVICE_CLIENT_ID: clientId });
  process.env['TOKEN_SERVICE_CLIENT_SECRET'] = clientSecret;
  const client = new HTTPClient();
  clients.push(client);

  expect(await failure(client.get(api.url))).toMatchObject({ status: 401 });
  expect(sent(api)).toEqual(['Bearer from-env']);
});

test('a stream is not sent again, but the next call has another token', async () => {
  const api = await service(refusing('token-1'));
  const client = makeClient({ token: numbered() });

  const error = await failure(client.post(api.url, { data: Readable.from(['once']) }));
  await client.get(api.url);

  expect(error).toMatchObject({ status: 401, attempts: [{ reason: 'body-not-replayable' }] });
  expect(sent(api)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('a service that refuses new tokens too is sent a call twice once, and then each call once', async () => {
  const token = numbered();
  const api = await service([{ status: 401 }]);
  const client = makeClient({ token });

  const errors = [
    await failure(client.get(api.url)),
    await failure(client.get(api.url)),
    await failure(client.get(api.url)),
  ];

  expect(errors.map(({ attempts }) => attempts.length)).toEqual([2, 1, 1]);
  expect(token.refused).toEqual(['token-1']);
});

test('a minute later such a service is given another try', async () => {
  const api = await service([{ status: 401 }, { status: 401 }, { status: 401 }, {}]);
  const client = makeClient({ token: numbered() });
  await failure(client.get(api.url));
  const now = performance.now.bind(performance);
  const later = jest.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);

  const { status } = await client.get(api.url);
  later.mockRestore();

  expect(status).toBe(200);
  expect(api.requests).toHaveLength(4);
});

test('a 401 from where a redirect led without the token says nothing of it', async () => {
  const token = numbered();
  const elsewhere = await service([{ status: 401 }]);
  const api = await service([{ status: 302, headers: { location: elsewhere.url } }]);

  expect(await failure(makeClient({ token }).get(api.url))).toMatchObject({ status: 401 });
  expect(sent(elsewhere)).toEqual([undefined]);
  expect(token.refused).toEqual([]);
});

test('a 401 after a redirect to another origin and back says nothing of the token, which stayed behind', async () => {
  const token = numbered();
  const target = { url: '' };
  const elsewhere = await service(() => ({ status: 302, headers: { location: `${target.url}/back` } }));
  const api = await service(({ url }): Answer =>
    url === '/back' ? { status: 401 } : { status: 302, headers: { location: elsewhere.url } },
  );
  target.url = api.url;

  expect(await failure(makeClient({ token }).get(api.url))).toMatchObject({
    status: 401,
    attempts: [{ outcome: 401 }],
  });
  expect(sent(api)).toEqual(['Bearer token-1', undefined]);
  expect(token.refused).toEqual([]);
});

test('a 401 after a redirect within the origin says that the token was refused', async () => {
  const token = numbered();
  const api = await service(({ url, headers }): Answer =>
    url === '/'
      ? { status: 302, headers: { location: '/new' } }
      : { status: headers.authorization === 'Bearer token-1' ? 401 : 200 },
  );

  expect(await makeClient({ token }).get(`${api.url}/`)).toMatchObject({ status: 200 });
  expect(token.refused).toEqual(['token-1']);
});

test('an issuer that is down when a token was refused fails the call with both in the story', async () => {
  const own = await issuer();
  const api = await service([{}, { status: 401 }]);
  const client = makeClient({ token: tokenService({ url: own.tokenUrl, ...CLIENTS.basic }) });
  await client.get(api.url);
  await own.stop();

  const error = await failure(client.get(api.url));

  expect(error).toMatchObject({ name: 'TokenError', code: 'TOKEN_UNAVAILABLE', attempts: [{ outcome: 401 }] });
  expect(api.requests).toHaveLength(2);
});
