import { HTTPClient } from '../../src/index';
import { service, type Service } from '../support/service';

const SECRETS = { Cookie: 'session=1', 'X-Api-Key': 'key', 'X-Page': '2' };

function received({ requests }: Service): unknown[] {
  return requests.map(({ headers }) => [
    headers.authorization,
    headers.cookie,
    headers['x-api-key'],
    headers['x-page'],
  ]);
}

/** Sends everybody on to `target`. */
async function redirectTo(target: string, status = 302): Promise<Service> {
  return service([{ status, headers: { location: target } }]);
}

test('a token goes to the hosts that may see it only, wherever it comes from', async () => {
  const [friend, stranger] = [await service(), await service()];
  const client = new HTTPClient({ token: 'of-client', tokenHosts: [`127.0.0.1:${friend.port}`] });

  for (const { url } of [friend, stranger]) {
    await client.get(url);
    await client.get(url, { token: 'of-call' });
  }

  expect(friend.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer of-client', 'Bearer of-call']);
  expect(stranger.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test('hosts are compared in small letters', async () => {
  const api = await service();

  await new HTTPClient({ token: 'x', tokenHosts: ['LOCALHOST'] }).get(api.url.replace('127.0.0.1', 'LocalHost'));

  expect(api.requests[0]?.headers.authorization).toBe('Bearer x');
});

test('what counts is where the request goes after all interceptors and plugins', async () => {
  const [friend, stranger] = [await service(), await service()];
  const getToken = jest.fn(() => 'x');
  const client = new HTTPClient({
    token: getToken,
    tokenHosts: [`127.0.0.1:${friend.port}`],
    plugins: [
      {
        name: 'elsewhere',
        ring: 'attempt',
        install(http) {
          http.interceptors.request.use((config) => Object.assign(config, { url: stranger.url }));
        },
      },
    ],
  });

  await client.get(friend.url);

  expect(friend.requests).toHaveLength(0);
  expect(stranger.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(getToken).not.toHaveBeenCalled();
});

test('an absolute URL takes the token of a client with a baseURL no further than tokenHosts', async () => {
  const [friend, stranger] = [await service(), await service()];
  const client = new HTTPClient({ baseURL: friend.url, token: 'x', tokenHosts: [`127.0.0.1:${friend.port}`] });

  await client.get(stranger.url);
  await client.get('/users', { baseURL: stranger.url });

  expect(stranger.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test.each([301, 302, 303, 307, 308])(
  'a %i to another origin takes neither token nor cookie nor key along',
  async (status) => {
    const target = await service();
    const api = await redirectTo(`${target.url}/elsewhere`, status);

    await new HTTPClient({ token: 'x' }).get(api.url, { headers: SECRETS });

    expect(received(api)).toEqual([['Bearer x', 'session=1', 'key', '2']]);
    expect(received(target)).toEqual([[undefined, undefined, undefined, '2']]);
  },
);

test("what goes through axios's own adapter leaves them behind as well", async () => {
  const target = await service();
  const api = await redirectTo(target.url);

  await new HTTPClient({ token: 'x' }).get(api.url, { headers: SECRETS, onDownloadProgress: () => undefined });

  expect(received(api)).toEqual([['Bearer x', 'session=1', 'key', '2']]);
  expect(received(target)).toEqual([[undefined, undefined, undefined, '2']]);
});

test('credentials of auth and of the URL do not go to another origin', async () => {
  const target = await service();
  const api = await redirectTo(target.url);
  const client = new HTTPClient();

  await client.get(api.url, { auth: { username: 'ada', password: 'pw' } });
  await client.get(api.url.replace('//', '//ada:pw@'));

  expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test('a redirect to another origin and back does not bring the token back', async () => {
  const back: { url: string } = { url: '' };
  const between = await service(() => ({ status: 302, headers: { location: `${back.url}/end` } }));
  const api = await service(({ url }) => (url === '/end' ? {} : { status: 302, headers: { location: between.url } }));
  back.url = api.url;

  await new HTTPClient({ token: 'x' }).get(`${api.url}/begin`);

  expect(api.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/begin', 'Bearer x'],
    ['/end', undefined],
  ]);
});

test('a redirect within the origin keeps all of them', async () => {
  const api = await service([{ status: 302, headers: { location: '/users/1' } }, { status: 200 }]);

  await new HTTPClient({ token: 'x' }).get(`${api.url}/me`, { headers: SECRETS });

  expect(received(api)).toEqual(Array(2).fill(['Bearer x', 'session=1', 'key', '2']));
});

test('each attempt begins at the first origin, with its token', async () => {
  const target = await service([{ status: 503 }, { status: 200 }]);
  const api = await redirectTo(target.url);
  let issued = 0;

  await new HTTPClient({ token: () => `token-${++issued}`, retry: { base: 0.001 } }).get(api.url);

  expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});
