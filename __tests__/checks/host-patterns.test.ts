import { HTTPClient, perHost } from '../../src/index';
import { hostPattern, matchesHost } from '../../src/checks/host-patterns';

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

test('no hosts at all take in nobody', () => {
  expect(matchesHost(new URL('http://user-service/'), [])).toBe(false);
});

describe.each<[string, (host: never) => unknown]>([
  ['tokenHosts', (host) => new HTTPClient({ token: 'x', tokenHosts: [host] })],
  ['perHost', (host) => perHost({ [host]: 'x' })],
])('%s', (option, make) => {
  const wrong = ['users:8O00', 'users:', 'users:http', '', 'http://a', 'a b', '*', 'a.*', 'a:b:c', '[::1', '*.'];
  test.each(wrong)('refuses %j, which no host can match', (host) => {
    expect(() => make(host as never)).toThrow(
      new TypeError(
        `A host in \`${option}\` must look like 'user-service', 'user-service:8000' or '*.internal', got '${host}'`,
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
