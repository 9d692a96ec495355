import { HTTPClient, tokenService } from '../../../src/index';
import { CLIENTS, issuer } from '../../support/issuer';
import { failure } from '../../support/outcome';
import { service } from '../../support/service';

test('while the issuer fails, a call is one token request, whatever it may retry', async () => {
  const [api, authority] = [await service(), await issuer()];
  const client = new HTTPClient({ token: tokenService({ url: authority.tokenUrl, ...CLIENTS.basic }) });
  await authority.fail({ status: 503, times: 5 });
  expect(await failure(client.get(api.url))).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  expect(await authority.tokenRequests()).toBe(3);

  expect(await failure(client.get(api.url))).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retries: 0 });
  expect(await failure(client.get(api.url))).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retries: 0 });
  expect(await authority.tokenRequests()).toBe(5);

  expect(await client.get(api.url)).toMatchObject({ status: 200, retries: 0 });
  client.close();
});

test.each([
  ['a wrong secret', { ...CLIENTS.basic, clientSecret: 'a guess' }, 'invalid_client'],
  ['a client that is not known', { clientId: 'nobody', clientSecret: 'x' }, 'invalid_client'],
  ['a scope that is not to be had', { ...CLIENTS.basic, scope: 'admin' }, 'invalid_scope'],
  ['a resource that is not known', { ...CLIENTS.basic, resource: 'urn:unknown:x' }, 'invalid_target'],
])('%s is refused once for all calls of half a minute', async (_, options, word) => {
  const authority = await issuer();
  const client = new HTTPClient({ token: tokenService({ url: authority.tokenUrl, ...options }) });

  const failures = [];
  for (let count = 0; count < 5; count++) failures.push(await failure(client.get('http://127.0.0.1:1/')));

  for (const one of failures) expect(one.message).toContain(`(${word})`);
  expect(await authority.tokenRequests()).toBe(1);
  client.close();
});

test('an issuer that asks for patience gets it, and calls are told at once', async () => {
  const authority = await issuer();
  await authority.fail({ status: 429, headers: { 'retry-after': '20' } });
  const client = new HTTPClient({ token: tokenService({ url: authority.tokenUrl, ...CLIENTS.basic }) });

  for (let count = 0; count < 3; count++) {
    expect(await failure(client.get('http://127.0.0.1:1/'))).toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  }

  expect(await authority.tokenRequests()).toBe(1);
  client.close();
});
