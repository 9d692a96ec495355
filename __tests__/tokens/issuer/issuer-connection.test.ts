import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { HTTPClient, onBehalfOf, tokenService, verifyToken, type TokenSource } from '../../../src/index';
import { issuerConnection, type IssuerConnectionOptions } from '../../../src/tokens/issuer/issuer-connection';
import { certificateFor } from '../../support/certificates';
import { NAMES, pair, tokenOf } from '../../support/key-pairs';
import { failure } from '../../support/outcome';
import { proxyServer } from '../../support/proxy';
import { service } from '../../support/service';

const key = pair('k1');
const servers: https.Server[] = [];

/** An issuer with a certificate that nobody trusts, which issues tokens and publishes its keys. */
async function secureIssuer(): Promise<{ readonly url: string; readonly ca: string }> {
  const { key: privateKey, cert } = await certificateFor('localhost');
  const server = https.createServer({ key: privateKey, cert }, (request, response) => {
    const body = request.url === '/jwks' ? { keys: [key.jwk] } : { access_token: 'x', expires_in: 60 };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  servers.push(server);
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, ca: cert };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'TOKEN_SERVICE_URL']) Reflect.deleteProperty(process.env, name);
});

/** What the three that talk to issuers get from `url`. */
async function useAll(url: string, options: IssuerConnectionOptions): Promise<unknown[]> {
  const client = { url: `${url}/token`, clientId: 'c', clientSecret: 's', ...options };
  const sources: TokenSource[] = [tokenService(client), onBehalfOf({ ...client, subjectToken: () => 'inbound' })];
  const verify = verifyToken({ jwks: `${url}/jwks`, ...NAMES, ...options });
  const got = [
    ...sources.map(async (source) => source.getToken({ url: 'http://a/' })),
    verify(tokenOf(key, 'k1')).then(({ iss }) => iss),
  ];
  const outcomes = await Promise.all(got.map(async (one) => one.catch((error: unknown) => (error as Error).message)));
  for (const source of sources) source.close?.();
  return outcomes;
}

const TOKEN = expect.objectContaining({ token: 'x' }) as unknown;

test('an issuer whose certificate is not trusted is refused, and the error says why', async () => {
  const { url } = await secureIssuer();

  for (const message of await useAll(url, {})) expect(message).toMatch(/certificate .* not trusted/);
});

test('with `ca`, it is trusted', async () => {
  const { url, ca } = await secureIssuer();

  expect(await useAll(url, { ca })).toEqual([TOKEN, TOKEN, 'me']);
  expect(await useAll(url, { ca: [Buffer.from(ca)] })).toEqual([TOKEN, TOKEN, 'me']);
});

test('with an agent, its options apply', async () => {
  const { url, ca } = await secureIssuer();
  const httpsAgent = new https.Agent({ ca });

  expect(await useAll(url, { httpsAgent })).toEqual([TOKEN, TOKEN, 'me']);
  httpsAgent.destroy();
});

test('with `trustEnv`, it is reached through the proxy of the environment', async () => {
  const { url, ca } = await secureIssuer();
  const proxy = await proxyServer();
  process.env['HTTPS_PROXY'] = proxy.url;

  expect(await useAll(url, { ca })).toEqual([TOKEN, TOKEN, 'me']);
  expect(proxy.tunnels).toHaveLength(0);
  expect(await useAll(url, { ca, trustEnv: true })).toEqual([TOKEN, TOKEN, 'me']);

  expect(proxy.tunnels.map(({ target }) => target)).toEqual(Array(3).fill(new URL(url).host));
});

test('the token service of the environment is reached as the client says', async () => {
  const [api, tokens] = [await service(), await service([{ json: { access_token: 'x', expires_in: 60 } }])];
  const proxy = await proxyServer();
  Object.assign(process.env, { TOKEN_SERVICE_URL: tokens.url, HTTP_PROXY: proxy.url });
  Object.assign(process.env, { TOKEN_SERVICE_CLIENT_ID: 'c', TOKEN_SERVICE_CLIENT_SECRET: 's' });
  const client = new HTTPClient({ trustEnv: true });

  await client.get(api.url);
  client.close();

  expect(proxy.requests.map(({ target }) => target)).toEqual([`${tokens.url}/`, `${api.url}/`]);
  Reflect.deleteProperty(process.env, 'TOKEN_SERVICE_CLIENT_ID');
  Reflect.deleteProperty(process.env, 'TOKEN_SERVICE_CLIENT_SECRET');
});

test.each<[object, string]>([
  [
    { ca: 'no certificate' },
    'Option `x.ca` must be a certificate in PEM, as a string or bytes, or a list of these, got a string that is not one',
  ],
  [{ ca: [''] }, 'Option `x.ca` must be a certificate in PEM'],
  [{ ca: 7 }, 'Option `x.ca` must be a certificate in PEM'],
  [{ ca: '', httpsAgent: new https.Agent() }, 'x takes either `ca` or `httpsAgent`, not both'],
  [{ httpsAgent: {} }, 'Option `x.httpsAgent` must be an agent of node:http or node:https, got an object'],
  [{ httpAgent: 'a' }, 'Option `x.httpAgent` must be an agent of node:http or node:https, got a string'],
  [{ trustEnv: 1 }, 'Option `x.trustEnv` must be true or false, got 1'],
])('%j is refused', (options, message) => {
  expect(() => issuerConnection('x', options)).toThrow(message);
});

test('an agent for http: is accepted', () => {
  const httpAgent = new http.Agent();

  expect(issuerConnection('x', { httpAgent })).toEqual({ agents: { httpAgent }, trustEnv: false });
});

test('verifyToken takes these options with the URL of a key set only', () => {
  const secret = 'a secret of at least thirty-two bytes';

  expect(() => verifyToken({ ...NAMES, secret, trustEnv: true })).toThrow(
    'Option `verifyToken.trustEnv` has no effect without the URL of a key set as `jwks`',
  );
});

test('what a proxy refuses is the cause of the failure', async () => {
  const { url, ca } = await secureIssuer();
  const proxy = await proxyServer({ refusal: () => 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n' });
  process.env['HTTPS_PROXY'] = proxy.url;
  const source = tokenService({ url, clientId: 'c', clientSecret: 's', ca, trustEnv: true });

  const error = await failure(Promise.resolve(source.getToken({ url: 'http://a/' })));
  source.close?.();

  expect(error).toMatchObject({ code: 'TOKEN_UNAVAILABLE', cause: { code: 'PROXY_REFUSED' } });
});
