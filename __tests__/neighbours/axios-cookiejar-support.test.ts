import type { AxiosInstance } from 'axios';
import { wrapper } from 'axios-cookiejar-support';
import { CookieJar } from 'tough-cookie';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

// Published as ES modules only, it names the types of axios for those; to TypeScript they are another axios.
const addCookies = wrapper as unknown as (http: AxiosInstance) => void;

function clientWith(jar: CookieJar): HTTPClient {
  const client = new HTTPClient(FAST);
  addCookies(client.axios);
  Object.assign(client.axios.defaults, { jar });
  return client;
}

test('a cookie that came with a 503 is sent back by the retry and by the next call', async () => {
  const api = await service([{ status: 503, headers: { 'set-cookie': 'session=1; Path=/' } }, { status: 200 }]);
  const client = clientWith(new CookieJar());

  const { retries } = await client.get(api.url);
  await client.get(`${api.url}/users`);

  expect(retries).toBe(1);
  expect(api.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'session=1', 'session=1']);
});

test('a jar can be given to one call', async () => {
  const api = await service([{ headers: { 'set-cookie': 'session=1' } }, { status: 503 }, { status: 200 }]);
  const client = new HTTPClient(FAST);
  addCookies(client.axios);
  const jar = new CookieJar();

  await client.get(api.url, { jar } as object);
  await client.post(api.url, { jar, json: { id: 1 } } as object);
  await client.get(api.url);

  expect(api.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'session=1', 'session=1', undefined]);
  expect(await jar.getCookieString(api.url)).toBe('session=1');
});

test('a cookie that came with a redirect is sent to its target', async () => {
  const api = await service([
    { status: 503 },
    { status: 302, headers: { location: '/home', 'set-cookie': 'session=1; Path=/' } },
    { status: 200 },
  ]);
  const client = clientWith(new CookieJar());

  await client.get(`${api.url}/login`);

  expect(api.requests.map(({ url, headers }) => [url, headers.cookie])).toEqual([
    ['/login', undefined],
    ['/login', undefined],
    ['/home', 'session=1'],
  ]);
});
