import { Readable } from 'node:stream';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Service } from '../support/service';

type BeforeRedirect = NonNullable<RequestOptions['beforeRedirect']>;

async function moved(status = 302): Promise<Service> {
  return service(({ url }) => (url === '/end?a=1' ? { body: 'end' } : { status, headers: { location: '/end?a=1' } }));
}

test('the caller sees the next request, the response and the request', async () => {
  const api = await moved();
  const seen = jest.fn<ReturnType<BeforeRedirect>, Parameters<BeforeRedirect>>();

  await new HTTPClient({ token: 'mine' }).get(`${api.url}/start`, { beforeRedirect: seen });

  const [options, details, request] = seen.mock.calls[0] ?? [];
  expect(options).toMatchObject({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: String(api.port),
    path: '/end?a=1',
    href: `${api.url}/end?a=1`,
    method: 'GET',
    headers: { Authorization: 'Bearer mine' },
  });
  expect(details).toMatchObject({ statusCode: 302, headers: { location: '/end?a=1' } });
  expect(request).toMatchObject({ url: `${api.url}/start`, method: 'GET', headers: { Authorization: 'Bearer mine' } });
});

test('changes to headers and path apply', async () => {
  const api = await service(({ url }) => (url === '/x' ? { body: 'x' } : { status: 302, headers: { location: '/y' } }));
  const beforeRedirect: BeforeRedirect = (options) => {
    (options['headers'] as Record<string, string>)['X-Hop'] = '2';
    options['path'] = '/x';
    options['auth'] = 'ada:pw';
  };

  expect((await new HTTPClient().get(api.url, { beforeRedirect })).data).toBe('x');
  expect(api.requests[1]?.headers).toMatchObject({
    'x-hop': '2',
    authorization: `Basic ${Buffer.from('ada:pw').toString('base64')}`,
  });
});

test('an IPv6 host has no brackets there', async () => {
  const seen: unknown[] = [];
  const api = await service([{ status: 302, headers: { location: 'http://[::1]:1/' } }]);
  const beforeRedirect: BeforeRedirect = ({ hostname }) => seen.push(hostname);

  expect(await failure(new HTTPClient({ retryAttempts: 0 }).get(api.url, { beforeRedirect }))).toMatchObject({
    name: 'ConnectionError',
    sent: 'yes',
  });
  expect(seen).toEqual(['::1']);
});

test.each([
  ['resolves', async () => Promise.resolve()],
  ['rejects', async () => Promise.reject(new Error('too late'))],
])('a promise refuses the redirect, even one that %s', async (_, beforeRedirect: () => unknown) => {
  const api = await moved();

  const error = await failure(new HTTPClient().get(api.url, { beforeRedirect: beforeRedirect as BeforeRedirect }));

  expect(error).toMatchObject({ name: 'InvalidRequest', code: 'REDIRECT_REFUSED' });
  expect(error.message).toContain('`beforeRedirect` refused a 302: it returned a promise, but must decide at once');
  expect(api.requests).toHaveLength(1);
});

test('what it throws refuses the redirect', async () => {
  const api = await moved();
  const beforeRedirect: BeforeRedirect = () => {
    throw new Error('not there');
  };

  const error = await failure(new HTTPClient().get(api.url, { beforeRedirect }));

  expect(error).toMatchObject({ code: 'REDIRECT_REFUSED', cause: { message: 'not there' }, sent: 'yes', retries: 0 });
  expect(error.message).toMatch(/`beforeRedirect` refused a 302: not there$/);
  expect(api.requests).toHaveLength(1);
});

test('a redirect that is refused anyway is not shown', async () => {
  const api = await moved(307);
  const beforeRedirect = jest.fn();

  const call = new HTTPClient().post(api.url, { data: Readable.from(['once']), beforeRedirect });

  expect(await failure(call)).toMatchObject({ code: 'REDIRECT_REFUSED' });
  expect(beforeRedirect).not.toHaveBeenCalled();
});
