import { gzipSync } from 'node:zlib';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

// What docs/transports.md says of `adapter: 'fetch'`.
const onFetch = (): HTTPClient => new HTTPClient({ token: null, adapter: 'fetch', retryAttempts: 0 });

test('fetch follows redirects itself: a secret header goes to another origin, unless `redirects` refuses', async () => {
  const other = await service();
  const api = await service([{ status: 307, headers: { location: other.url.replace('127.0.0.1', 'localhost') } }]);
  const headers = { 'X-Api-Key': 'key', Authorization: 'Basic YTpi' };

  await onFetch().get(api.url, { headers });
  const refused = onFetch().get(api.url, { headers, redirects: 'same-origin' });

  await expect(refused).rejects.toMatchObject({ code: 'REDIRECT_REFUSED' });
  expect(other.requests.map((r) => [r.headers['x-api-key'], r.headers.authorization])).toEqual([['key', undefined]]);
});

test('its default headers are those of axios and fetch, and null does not remove them', async () => {
  const api = await service();

  await onFetch().get(api.url);
  await onFetch().get(api.url, { headers: { 'User-Agent': null, 'Accept-Encoding': null } });

  expect(api.requests.map((r) => r.headers['accept-encoding'])).toEqual(['gzip, deflate', 'gzip, deflate']);
  expect(api.requests.map((r) => r.headers['user-agent'])).toEqual([expect.stringMatching(/^axios\//), 'node']);
});

test('a decoded body keeps content-encoding and content-length, and responseEncoding has no effect', async () => {
  const body = gzipSync('hé');
  const headers = { 'content-encoding': 'gzip', 'content-length': String(body.length) };
  const api = await service([{ headers, body }]);

  const response = await onFetch().get(api.url, { responseEncoding: 'base64' });

  expect(response.data).toBe('hé');
  expect(response.headers).toMatchObject(headers);
});

test('a Content-Length that contradicts the body is refused, and `sent` is maybe', async () => {
  const api = await service();

  const call = onFetch().post(api.url, { data: 'hello', headers: { 'Content-Length': '3' } });

  await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', sent: 'maybe' });
  expect(api.requests).toEqual([]);
});
