import { HTTPClient, perHost } from '../../src/index';
import { hostPattern, matchesHost } from '../../src/checks/host-patterns';
import { service } from '../support/service';

test.each([
  ['user-service', 'http://user-service/'],
  ['user-service', 'https://user-service:8443/'],
  ['user-service:8000', 'http://user-service:8000/'],
  ['user-service:80', 'http://user-service/'],
  ['user-service:443', 'https://user-service/'],
  ['*.internal', 'http://user.internal:8000/'],
  ['*.internal', 'http://a.b.internal/'],
  ['*.internal:8000', 'http://user.internal:8000/'],
  ['[::1]', 'http://[::1]:8000/'],
  ['[::1]:8000', 'http://[::1]:8000/'],
  ['user-service', 'http://USER-SERVICE/'],
  ['user-service', 'http://user-service.:8000/'],
  ['user-service:8000', 'http://user-service.:8000/'],
  ['*.internal', 'http://user.internal./'],
])('%s takes in %s', (host, url) => {
  expect(matchesHost(new URL(url), [host])).toBe(true);
});

test.each([
  ['user-service', 'http://user-service.evil.org/'],
  ['user-service', 'http://evil-user-service/'],
  ['user-service', 'http://evil.org/user-service'],
  ['user-service', 'http://user-service@evil.org/'],
  ['user-service:8000', 'http://user-service:8001/'],
  ['user-service:443', 'http://user-service/'],
  ['*.internal', 'http://internal/'],
  ['*.internal', 'http://evilinternal/'],
  ['*.internal', 'http://user.internal.evil.org/'],
])('%s leaves out %s', (host, url) => {
  expect(matchesHost(new URL(url), [host])).toBe(false);
});

test.each([
  ['Users.', 'users'],
  ['users.internal.:8000', 'users.internal:8000'],
  ['*.svc.cluster.local.', '*.svc.cluster.local'],
])('a dot at the end of %s changes nothing', (host, pattern) => {
  expect(hostPattern('tokenHosts', host)).toBe(pattern);
});

test.each([
  ['münchen.example', 'http://münchen.example/'],
  ['*.straße.de:8000', 'http://a.straße.de:8000/'],
  ['user-service。', 'http://user-service/'],
  ['user%2dservice', 'http://user-service/'],
  ['127.1', 'http://127.0.0.1/'],
  ['2130706433:8000', 'http://127.0.0.1:8000/'],
  ['[0:0:0:0:0:0:0:1]', 'http://[::1]/'],
  ['[::ffff:127.0.0.1]:8000', 'http://[::ffff:127.0.0.1]:8000/'],
  ['user-service:08000', 'http://user-service:8000/'],
  ['user-service:080', 'http://user-service/'],
  ['user-service:443', 'https://user-service/'],
])('%s is another spelling of the host of %s', (host, url) => {
  expect(matchesHost(new URL(url), [hostPattern('tokenHosts', host)])).toBe(true);
});

test('a host with umlauts in `tokenHosts` gets its token', async () => {
  const api = await service();
  const client = new HTTPClient({
    token: 'x',
    tokenHosts: ['*.münchen.example'],
    lookup: () => Promise.resolve('127.0.0.1'),
  });

  await client.get(`http://rathaus.münchen.example:${api.port}/`);

  expect(api.requests[0]?.headers.authorization).toBe('Bearer x');
});

test('no hosts at all take in nobody', () => {
  expect(matchesHost(new URL('http://user-service/'), [])).toBe(false);
});

describe.each<[string, (host: never) => unknown]>([
  ['tokenHosts', (host) => new HTTPClient({ token: 'x', tokenHosts: [host] })],
  ['perHost', (host) => perHost({ [host]: 'x' })],
])('%s', (option, make) => {
  const mistyped = ['users:8O00', 'users:', 'users:http', '', 'http://a', 'a b', '*', 'a.*', 'a:b:c', '[::1', '*.'];
  const notOfURL = ['users:99999', '256.1.1.1', '*.127.0.0.1', '*.[::1]', '[1:2]', '[::1.2]'];
  const notOfHost = ['.internal', '*..internal', 'users..', 'a..b', 'a,b', 'a;b', 'a?b', 'a#x', 'a\\'];
  const wrong = [...mistyped, ...notOfURL, ...notOfHost];
  test.each(wrong)('refuses %j, which no host can match', (host) => {
    expect(() => make(host as never)).toThrow(
      new TypeError(
        `Option \`${option}\` must contain hosts such as 'user-service', 'user-service:8000' or '*.internal', got '${host}'`,
      ),
    );
  });

  test.each(['users', 'USERS:8000', '127.0.0.1', '[::1]:80', '*.internal', '*.internal:8000'])('takes %j', (host) => {
    expect(() => make(host as never)).not.toThrow();
  });

  test('does not repeat a password', () => {
    expect(() => make('http://me:s3cret@users' as never)).toThrow(/got 'http:\/\/users'$/);
  });
});

test('a host of tokenHosts that is not a text is refused', () => {
  expect(() => new HTTPClient({ tokenHosts: [5] } as never)).toThrow(/got 5$/);
});
