/** Where a token is sent and where redirects may lead: other origins, `redirects`, `redirectHosts` and `tokenHosts`. */
import assert from 'node:assert/strict';
import { HTTPClient, isInvalidRequest } from '@hdms/http-client';
import { example } from './support/example';
import { startService, type Received } from './support/service';

function tokenOf(request: Received | undefined): string {
  return request?.headers.authorization ?? 'no token';
}

example(async () => {
  const elsewhere = await startService([{ json: 'a file' }]);
  const api = await startService(({ url }) => {
    if (url === '/old') return { status: 301, headers: { Location: '/new' } };
    if (url === '/file') return { status: 302, headers: { Location: `${elsewhere.url}/file` } };
    return { json: 'from the api' };
  });
  const client = new HTTPClient({ token: 'secret' });

  // Within the same origin, the token is kept.
  const moved = await client.get(`${api.url}/old`);
  console.log(`${moved.url.slice(api.url.length)}: ${tokenOf(api.requests[1])}`);
  assert.equal(tokenOf(api.requests[1]), 'Bearer secret');

  // Another origin gets neither token nor cookies nor other secrets.
  await client.get(`${api.url}/file`, { headers: { 'X-Api-Key': 'secret too' } });
  console.log(`elsewhere: ${tokenOf(elsewhere.requests[0])}`);
  assert.equal(elsewhere.requests[0]?.headers.authorization, undefined);
  assert.equal(elsewhere.requests[0]?.headers['x-api-key'], undefined);

  // A redirect to another origin can be refused, for one call or for a client.
  const refused: unknown = await client
    .get(`${api.url}/file`, { redirects: 'same-origin' })
    .catch((error: unknown) => error);
  assert(isInvalidRequest(refused));
  console.log(`${refused.code}: ${refused.message.slice(refused.message.indexOf(': ') + 2)}`);
  assert.equal(refused.code, 'REDIRECT_REFUSED');

  // Or some hosts can be allowed.
  const files = new HTTPClient({ redirectHosts: [new URL(elsewhere.url).host] });
  const file = await files.get(`${api.url}/file`);
  assert.equal(file.data, 'a file');

  // You can handle redirects yourself: with `maxRedirects: 0`, the 301 is the response.
  const redirect = await client.get(`${api.url}/old`, { maxRedirects: 0 });
  assert.equal(redirect.headers['location'], '/new');

  // A URL from outside must not get a token.
  const { host } = new URL(api.url);
  const careful = new HTTPClient({ token: 'secret', tokenHosts: [host, '*.internal'] });
  await careful.get(api.url);
  await careful.get(elsewhere.url);
  console.log(
    `tokenHosts: ${tokenOf(api.requests.at(-1))} for the api, ${tokenOf(elsewhere.requests.at(-1))} elsewhere`,
  );
  assert.equal(tokenOf(api.requests.at(-1)), 'Bearer secret');
  assert.equal(tokenOf(elsewhere.requests.at(-1)), 'no token');

  client.close();
  files.close();
  careful.close();
});
