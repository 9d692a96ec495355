import { decode } from 'jsonwebtoken';
import { onBehalfOf, tokenService, type TokenServiceOptions } from '../../../src/index';
import { keyPair } from '../../support/key-pair';
import { service } from '../../support/service';

const rsa = keyPair('rsa', { modulusLength: 2048 });
const ec = keyPair('ec', { namedCurve: 'P-384' });
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const URL_OF = 'http://token-service/token';
const CLIENT = { url: URL_OF, clientId: 'ticket-service' };

async function assertionsOf(options: Omit<TokenServiceOptions, 'url' | 'clientId'>): Promise<string[]> {
  const tokens = await service([{ status: 503 }, { status: 503 }, { json: { access_token: 'x' } }]);
  const source = tokenService({ ...CLIENT, ...options, url: tokens.url });
  await source.getToken({ url: 'http://user-service/' });
  source.close?.();
  return tokens.requests.map(({ body }) => new URLSearchParams(body.toString()).get('client_assertion') ?? '');
}

test('every attempt has an assertion of its own, good for a minute', async () => {
  const assertions = await assertionsOf({ privateKey: pem, keyId: 'key-1' });

  const claims = assertions.map((one) => decode(one, { json: true }));
  expect(new Set(claims.map((one) => one?.jti)).size).toBe(3);
  for (const one of claims) {
    expect(one).toMatchObject({ iss: 'ticket-service', sub: 'ticket-service' });
    expect(Number(one?.exp) - Number(one?.iat)).toBe(60);
  }
  expect(decode(assertions[0] ?? '', { complete: true })?.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
});

test.each([
  ['the usual one of an RSA key', { privateKey: rsa.privateKey }, 'RS256'],
  ['the one that is named', { privateKey: pem, algorithm: 'PS512' as const }, 'PS512'],
  ['the one of its curve', { privateKey: ec.privateKey }, 'ES384'],
])('the algorithm is %s', async (_, options, alg) => {
  const [assertion = ''] = await assertionsOf(options);

  expect(decode(assertion, { complete: true })?.header.alg).toBe(alg);
});

test('an assertion comes without a secret, and without a header that looks like one', async () => {
  const tokens = await service([{ json: { access_token: 'x' } }]);
  const source = tokenService({ ...CLIENT, url: tokens.url, privateKey: pem });

  await source.getToken({ url: 'http://user-service/' });
  source.close?.();

  expect(tokens.requests[0]?.headers.authorization).toBeUndefined();
  const form = new URLSearchParams(tokens.requests[0]?.body.toString());
  expect([...form.keys()]).toEqual(['grant_type', 'client_id', 'client_assertion_type', 'client_assertion']);
});

const SECRET = { clientSecret: 'pw' };

test.each<[string, object, string]>([
  [
    'neither url nor issuer',
    { url: undefined, ...SECRET },
    '(TOKEN_SERVICE_URL)` must be an absolute http:// or https:// URL, got undefined',
  ],
  ['both url and issuer', { issuer: 'https://issuer', ...SECRET }, 'either `url` or `issuer`'],
  ['an issuer that is no URL', { url: undefined, issuer: 'issuer', ...SECRET }, 'tokenService.issuer'],
  ['an issuer with a query', { url: undefined, issuer: 'https://issuer/?a=b', ...SECRET }, 'neither a query'],
  ['no client', { clientId: undefined, ...SECRET }, 'tokenService.clientId'],
  ['no secret', {}, 'tokenService.clientSecret'],
  ['an unknown method', { ...SECRET, authMethod: 'none' }, 'tokenService.authMethod'],
  ['a key and a secret', { ...SECRET, privateKey: pem }, 'tokenService.clientSecret'],
  [
    'a key for a method with a secret',
    { ...SECRET, privateKey: pem, authMethod: 'client_secret_post' },
    'cannot be used with client_secret_post',
  ],
  ['no key', { authMethod: 'private_key_jwt' }, 'tokenService.privateKey'],
  ['a key that is none', { privateKey: 'my key' }, 'tokenService.privateKey'],
  ['a public key', { privateKey: rsa.publicKey }, 'tokenService.privateKey'],
  ['an algorithm for another key', { privateKey: pem, algorithm: 'ES256' }, 'tokenService.algorithm'],
  ['an algorithm for secrets', { privateKey: pem, algorithm: 'HS256' }, 'tokenService.algorithm'],
  ['no algorithm', { privateKey: pem, algorithm: 'none' }, 'tokenService.algorithm'],
  ['an empty key id', { privateKey: pem, keyId: '' }, 'tokenService.keyId'],
  ['an empty scope', { ...SECRET, scope: '' }, 'tokenService.scope'],
  ['an audience that is no text', { ...SECRET, audience: 7 }, 'tokenService.audience'],
  ['a resource that is no URI', { ...SECRET, resource: 'user-service' }, 'RFC 8707'],
  ['a resource with a fragment', { ...SECRET, resource: 'https://user-service/#a' }, 'RFC 8707'],
  ['a parameter of the protocol', { ...SECRET, parameters: { grant_type: 'password' } }, '`grant_type`'],
  ['a parameter that has an option', { ...SECRET, parameters: { client_secret: 'x' } }, '`client_secret`'],
  ['a parameter that is no text', { ...SECRET, parameters: { tenant: 1 } }, 'tokenService.parameters.tenant'],
  ['parameters that are no object', { ...SECRET, parameters: 'a=b' }, 'must be an object'],
  ['an unknown option', { ...SECRET, scopes: 'a' }, 'use `scope`, with spaces between scopes'],
])('%s is refused at once, by name', (_, options, words) => {
  expect(() => tokenService({ ...CLIENT, ...options })).toThrow(words);
});

test('a key that is refused is not shown', () => {
  let message = '';
  try {
    tokenService({ ...CLIENT, privateKey: pem.slice(0, 500) });
  } catch (thrown) {
    message = String(thrown);
  }

  expect(message).toContain('tokenService.privateKey');
  expect(message).not.toContain(pem.slice(30, 50));
});

test.each<[string, object, string]>([
  ['no subject', { subjectToken: undefined }, 'onBehalfOf.subjectToken'],
  ['a subject that is a text', { subjectToken: 'token' }, 'onBehalfOf.subjectToken'],
  ['an actor that is no source', { actorToken: 'token' }, 'onBehalfOf.actorToken'],
  ['a number of tokens that is none', { maxTokens: 0 }, 'onBehalfOf.maxTokens'],
  ['an empty type', { subjectTokenType: '' }, 'onBehalfOf.subjectTokenType'],
  ['no url', { url: undefined }, 'onBehalfOf.url'],
  ['no secret', { clientSecret: '' }, 'onBehalfOf.clientSecret'],
  ['an unknown option', { subjecttoken: () => 'x' }, 'Did you mean `subjectToken`?'],
])('%s is refused for an exchange, by name', (_, options, words) => {
  const good = { ...CLIENT, ...SECRET, subjectToken: () => 'token' };

  expect(() => onBehalfOf({ ...good, ...options })).toThrow(words);
});

test('what a function makes of a URL is checked as well', () => {
  const source = tokenService({ ...CLIENT, ...SECRET, resource: () => 'user-service' });

  expect(() => source.getToken({ url: 'http://user-service/' })).toThrow('RFC 8707');
});
