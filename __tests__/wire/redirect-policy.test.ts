import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { objectionTo, resolveRedirects } from '../../src/wire/redirect-policy';
import { failure } from '../support/outcome';
import { service, type Service } from '../support/service';
import { WAYS } from '../support/ways';

type Options = Pick<RequestOptions, 'redirects' | 'redirectHosts'>;

const ORIGINS = ['http://api:8000', 'http://cdn'];

test.each<[Options, string, boolean]>([
  [{}, 'http://evil.org/', true],
  [{ redirects: 'follow' }, 'http://evil.org/', true],
  [{ redirects: 'same-origin' }, 'http://api:8000/x', true],
  [{ redirects: 'same-origin' }, 'http://cdn/x', true],
  [{ redirects: 'same-origin' }, 'http://api/', false],
  [{ redirects: 'same-origin' }, 'https://api:8000/', false],
  [{ redirects: 'error' }, 'http://api:8000/x', false],
  [{ redirectHosts: ['files', '*.internal'] }, 'http://files:1/', true],
  [{ redirectHosts: ['files', '*.INTERNAL'] }, 'http://a.internal/', true],
  [{ redirectHosts: ['files:80'] }, 'http://files/', true],
  [{ redirectHosts: ['files:80'] }, 'http://files:81/', false],
  [{ redirectHosts: ['files'] }, 'http://files.evil.org/', false],
  [{ redirectHosts: ['files'] }, 'http://api:8000/', true],
  [{ redirectHosts: [] }, 'http://evil.org/', false],
  [{ redirects: 'same-origin', redirectHosts: ['files'] }, 'http://files/', false],
  [{ redirects: 'error', redirectHosts: ['files'] }, 'http://files/', false],
])('%j lets a redirect lead to %s: %j', (options, url, isAllowed) => {
  expect(objectionTo(new URL(url), ORIGINS, resolveRedirects(options)) === undefined).toBe(isAllowed);
});

test('what a call does not say is what its client says', () => {
  const client = resolveRedirects({ redirects: 'same-origin', redirectHosts: ['files'] });

  expect(resolveRedirects({}, client)).toEqual(client);
  expect(resolveRedirects({ redirects: 'follow' }, client)).toEqual({ redirects: 'follow', hosts: ['files'] });
  expect(resolveRedirects({ redirectHosts: ['cdn'] }, client)).toEqual({ redirects: 'same-origin', hosts: ['cdn'] });
});

const WRONG: [Record<string, unknown>, string][] = [
  [{ redirects: 'none' }, "Option `redirects` must be 'follow', 'same-origin' or 'error', got 'none'"],
  [{ redirects: true }, "Option `redirects` must be 'follow', 'same-origin' or 'error', got true"],
  [{ redirectHosts: 'files' }, 'Option `redirectHosts` must be a list of hosts'],
  [{ redirectHosts: ['http://files'] }, 'Option `redirectHosts` must contain hosts such as'],
];

test.each(WRONG)('%j is refused, whoever says it', async (options, message) => {
  const client = new HTTPClient();

  expect(() => new HTTPClient(options as HTTPClientOptions)).toThrow(message);
  await expect(client.get('http://127.0.0.1:1/', options as RequestOptions)).rejects.toThrow(message);
  await expect(client.axios.get('http://127.0.0.1:1/', options)).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining(message) as string,
    attempts: [],
  });
});

describe.each(WAYS)('over %s', (_, way) => {
  let other: Service;
  let api: Service;

  beforeEach(async () => {
    other = await service([{ body: 'other' }]);
    api = await service(({ url }) => {
      if (url === '/out') return { status: 302, headers: { location: `${other.url}/x?token=abc` } };
      return url === '/in' ? { status: 301, headers: { location: '/end' } } : { body: 'end' };
    });
  });

  test.each<[Options, string, string]>([
    [{ redirects: 'error' }, '/in', "a 301 leads to .*/end, and `redirects` is 'error'$"],
    [{ redirects: 'error' }, '/out', "a 302 leads to .*/x\\?token=\\*\\*\\*, and `redirects` is 'error'$"],
    [{ redirects: 'same-origin' }, '/out', "token=\\*\\*\\*, and `redirects` is 'same-origin'$"],
    [{ redirectHosts: ['files'] }, '/out', 'token=\\*\\*\\*, and its host is not in `redirectHosts`$'],
  ])('%j of a client or a call refuses %s', async (options, path, message) => {
    const calls = [
      async () => new HTTPClient({ ...way, ...options }).get(api.url + path),
      async () => new HTTPClient(way).get(api.url + path, options),
      async () => new HTTPClient(way).axios.get(api.url + path, options),
    ];

    for (const call of calls) {
      const error = await failure(call());
      expect(error).toMatchObject({ name: 'InvalidRequest', code: 'REDIRECT_REFUSED', sent: 'yes', retries: 0 });
      expect(error.message).toMatch(new RegExp(message));
    }
    expect(api.requests).toHaveLength(3);
    expect(other.requests).toHaveLength(0);
  });

  test.each<[Options, string, string]>([
    [{ redirects: 'same-origin' }, '/in', 'end'],
    [{ redirectHosts: ['files'] }, '/in', 'end'],
    [{ redirectHosts: ['127.0.0.1'] }, '/out', 'other'],
  ])('%j follows %s', async (options, path, body) => {
    expect((await new HTTPClient({ ...way, ...options }).get(api.url + path)).data).toBe(body);
  });

  test('the way back to the first origin is open', async () => {
    const back = await service(() => ({ status: 302, headers: { location: `${api.url}/end` } }));
    const first = await service([{ status: 302, headers: { location: back.url } }, { body: 'first' }]);
    const there = await service([{ status: 302, headers: { location: `${first.url}/again` } }]);
    const client = new HTTPClient({ ...way, redirectHosts: [`127.0.0.1:${there.port}`] });
    const start = await service([{ status: 302, headers: { location: there.url } }]);

    // From `there` on, the first origin is `start`: neither `first` nor `back` is in the list.
    expect(await failure(client.get(start.url))).toMatchObject({ code: 'REDIRECT_REFUSED' });
    const bounce = await service(() => ({ status: 302, headers: { location: `${home.url}/end` } }));
    const home: Service = await service(({ url }) =>
      url === '/end' ? { body: 'home' } : { status: 302, headers: { location: bounce.url } },
    );
    const bouncing = new HTTPClient({ ...way, redirectHosts: [`127.0.0.1:${bounce.port}`] });
    expect((await bouncing.get(home.url)).data).toBe('home');
  });

  test('with maxRedirects 0 there is no redirect to refuse: the 3xx is the response', async () => {
    const client = new HTTPClient({ ...way, redirects: 'error' });

    expect(await client.get(`${api.url}/in`, { maxRedirects: 0 })).toMatchObject({ status: 301 });
  });

  test('a call may follow where its client does not', async () => {
    const client = new HTTPClient({ ...way, redirects: 'error' });

    expect((await client.get(`${api.url}/in`, { redirects: 'follow' })).data).toBe('end');
  });
});
