import axios from 'axios';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { service, type Service } from '../support/service';

/** Adapters that follow redirects themselves. */
const ADAPTERS: [string, RequestOptions][] = [
  ["axios's http adapter, given as a function", { adapter: axios.getAdapter('http') }],
  ["axios's fetch adapter", { adapter: 'fetch' }],
];

async function moved(location: string): Promise<Service> {
  return service([{ status: 302, headers: { location } }, { body: 'end' }]);
}

describe.each(ADAPTERS)('%s', (_, adapter) => {
  const client = new HTTPClient({ retry: { base: 0.001 }, ...adapter });

  test.each<RequestOptions>([{ redirects: 'error' }, { redirects: 'same-origin' }, { redirectHosts: ['files'] }])(
    'does not go to another origin with %j',
    async (options) => {
      const other = await service();
      const api = await moved(other.url);

      expect(await failure(client.post(api.url, options))).toMatchObject({ code: 'REDIRECT_REFUSED', retries: 0 });
      expect(api.requests).toHaveLength(1);
      expect(other.requests).toHaveLength(0);
    },
  );

  test('minds the options of the client', async () => {
    const api = await moved('/end');
    const strict = new HTTPClient({ ...adapter, redirects: 'error' });

    expect(await failure(strict.get(api.url))).toMatchObject({ code: 'REDIRECT_REFUSED' });
  });

  test('follows where redirects may lead anywhere, with the config as it was', async () => {
    const api = await moved('/end');

    const { data, config } = await client.get<string>(api.url, { redirects: 'follow' });

    expect(data).toBe('end');
    expect(config.beforeRedirect).toBeUndefined();
  });

  test.each(['ftp://x/', 'http://[bad/', 'http://a:b@127.0.0.1:99999/'])(
    'refuses a Location %s for good',
    async (location) => {
      const api = await moved(location);

      expect(await failure(client.post(api.url))).toMatchObject({ code: 'REDIRECT_REFUSED', retries: 0 });
      expect(api.requests).toHaveLength(1);
    },
  );

  test('an endless loop is TOO_MANY_REDIRECTS', async () => {
    const api = await service([{ status: 302, headers: { location: '/' } }]);

    expect(await failure(client.get(api.url))).toMatchObject({ code: 'TOO_MANY_REDIRECTS', retries: 0 });
  });
});

test("axios's http adapter may go to hosts of the list, and within the origin; the caller's hook is called", async () => {
  const other = await service([{ body: 'other' }]);
  const api = await service([
    { status: 302, headers: { location: '/next' } },
    { status: 302, headers: { location: other.url } },
  ]);
  const beforeRedirect = jest.fn();
  const client = new HTTPClient({ adapter: axios.getAdapter('http'), redirectHosts: [`127.0.0.1:${other.port}`] });

  const { data, config } = await client.get<string>(api.url, { beforeRedirect });

  expect(data).toBe('other');
  expect(beforeRedirect).toHaveBeenCalledTimes(2);
  expect(config.beforeRedirect).toBe(beforeRedirect);
});

test('what is said of a refused redirect leaves out its fragment, which may be a secret', async () => {
  const api = await moved('http://127.0.0.1:1/welcome#s3cret');
  const client = new HTTPClient({ adapter: axios.getAdapter('http'), redirects: 'same-origin' });

  await expect(client.get(api.url)).rejects.toThrow('a 302 leads to http://127.0.0.1:1/welcome, and');
});

test.each(ADAPTERS)('%s: a POST that was redirected was received, and is not repeated', async (_, adapter) => {
  const api = await moved('http://127.0.0.1:1/');
  const client = new HTTPClient({ retry: { base: 0.001, unsafeMethods: 'when-not-sent' }, ...adapter });

  const error = await failure(client.post(api.url));

  expect(['maybe', 'yes']).toContain(error.sent);
  expect(api.requests).toHaveLength(1);
});

test("axios's http adapter: a 409 whose body is cut off is a 409", async () => {
  const api = await rawService((socket) => socket.end('HTTP/1.1 409 Conflict\r\nContent-Length: 9\r\n\r\npart'));
  const client = new HTTPClient({ retry: { base: 0.001 }, adapter: axios.getAdapter('http') });

  expect(await failure(client.post(api.url))).toMatchObject({ name: 'HTTPError', status: 409, retries: 0 });
  expect(api.requests).toHaveLength(1);
});
