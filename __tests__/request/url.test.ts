import type { AxiosRequestConfig } from 'axios';
import { Call } from '../../src/call/call';
import { HTTPClient, InvalidRequest } from '../../src/index';
import { targetOf } from '../../src/request/url';
import { service } from '../support/service';

function target(config: AxiosRequestConfig): string {
  return targetOf(config, new Call('GET', config.url ?? '')).href;
}

test.each<[AxiosRequestConfig, string]>([
  [{ url: 'http://a/b?c=1#d' }, 'http://a/b?c=1#d'],
  [{ url: 'HTTPS://A:443/b' }, 'https://a/b'],
  [{ url: 'http://[::1]:8000/' }, 'http://[::1]:8000/'],
  [{ url: 'http://a/ä b' }, 'http://a/%C3%A4%20b'],
  [{ url: '/b', baseURL: 'http://a/api' }, 'http://a/api/b'],
  [{ url: 'b', baseURL: 'http://a/api/' }, 'http://a/api/b'],
  [{ baseURL: 'http://a/api' }, 'http://a/api'],
  [{ url: 'http://c/', baseURL: 'http://a/api' }, 'http://c/'],
  [{ url: 'http://a/?b=1', params: { c: 2 } }, 'http://a/?b=1&c=2'],
])('%j leads to %s', (config, url) => {
  expect(target(config)).toBe(url);
});

describe('what is no absolute http or https URL is refused before anything is sent', () => {
  test.each([
    ['ftp://a/b', 'the URL must begin with http:// or https://, got ftp:'],
    ['file:///etc/passwd', 'the URL must begin with http:// or https://, got file:'],
    ['data:text/plain,hello', 'the URL must begin with http:// or https://, got data:'],
    ['ws://a', 'the URL must begin with http:// or https://, got ws:'],
    ['localhost:8000/a', 'the URL must begin with http:// or https://, got localhost:'],
    ['/users', 'the URL must be absolute, like http://user-service:8000/api, or the client needs a `baseURL`'],
    ['users', 'the URL must be absolute'],
    ['', 'the URL must be absolute'],
    ['http://', 'the URL has a host or a port that is not valid'],
    ['http://a:99999/', 'the URL has a host or a port that is not valid'],
    ['http://a b/', 'the URL has a host or a port that is not valid'],
    ['http:///users', 'the URL must have a host between `//` and the next `/`'],
    ['https://\n/users', 'the URL must have a host'],
  ])('%p', async (url, message) => {
    const failure = new HTTPClient().get(url);

    await expect(failure).rejects.toBeInstanceOf(InvalidRequest);
    await expect(failure).rejects.toMatchObject({
      code: 'INVALID_URL',
      message: expect.stringContaining(message) as string,
      sent: 'no',
      retries: 0,
      attempts: [],
    });
  });

  test('a password in it is not told', async () => {
    const error = await new HTTPClient().get('ftp://ada:secret@a/b').catch((thrown: unknown) => thrown);

    expect(error).toHaveProperty('url', 'ftp://a/b');
    expect(String(error)).not.toContain('secret');
  });

  test('a URL of another scheme is refused too where there is a baseURL', async () => {
    const api = await service();

    await expect(new HTTPClient({ baseURL: api.url }).get('file:///etc/passwd')).rejects.toMatchObject({
      code: 'INVALID_URL',
    });
    expect(api.requests).toHaveLength(0);
  });
});

test.each(['http://a\u001b[2Jb/', 'ht\u001btp://a/', '/a\u009b\u202e'])(
  'the message about the invalid URL %j has no characters that rewrite what a terminal shows',
  async (url) => {
    const error = (await new HTTPClient().get(url).catch((thrown: unknown) => thrown)) as Error;

    expect(error).toMatchObject({ code: 'INVALID_URL' });
    expect(error.stack).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  },
);

test('a URL that is remembered is that of its base, path and options, and none with a query or a user is', () => {
  const parsed = (config: AxiosRequestConfig): object => targetOf(config, new Call('GET', ''));
  const first = parsed({ url: '/users/1', baseURL: 'http://a' });

  expect(parsed({ url: '/users/1', baseURL: 'http://a' })).toBe(first);
  expect(target({ url: '/users/2', baseURL: 'http://a' })).toBe('http://a/users/2');
  expect(target({ url: '/users/1', baseURL: 'http://b' })).toBe('http://b/users/1');
  expect(target({ url: '/users/1', baseURL: 'http://a', params: { page: 2 } })).toBe('http://a/users/1?page=2');
  for (const url of ['http://a/users?key=s3cret', 'http://ada:s3cret@a/users']) {
    expect(parsed({ url })).not.toBe(parsed({ url }));
  }
});

describe('an interceptor may set what is not text', () => {
  test('a URL object, and change it for the next call', async () => {
    const api = await service([{ status: 204 }]);
    const url = new URL(api.url);
    const client = new HTTPClient();
    client.axios.interceptors.request.use((config) => Object.assign(config, { url }));

    for (const path of ['/first', '/other']) {
      url.pathname = path;
      await client.get(api.url);
    }

    expect(api.requests.map(({ url: path }) => path)).toEqual(['/first', '/other']);
  });

  test('nothing, which is an invalid URL', async () => {
    const client = new HTTPClient({ baseURL: 'http://a.test' });
    client.axios.interceptors.request.use((config) => Object.assign(config, { url: null }));

    await expect(client.get('/b')).rejects.toMatchObject({ code: 'INVALID_URL', sent: 'no' });
  });
});
