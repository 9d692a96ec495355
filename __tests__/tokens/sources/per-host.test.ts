import { HTTPClient, perHost, type HostToken, type TokenSource } from '../../../src/index';
import { service } from '../../support/service';

function ask(source: TokenSource, url: string): unknown {
  return source.getToken({ url });
}

test('each host gets the token of its own', async () => {
  const [users, tickets] = [await service(), await service()];
  const client = new HTTPClient({
    token: perHost({ [`127.0.0.1:${users.port}`]: 'for-users', default: () => 'for-others' }),
  });

  for (const { url } of [users, tickets]) await client.get(url);

  expect(users.requests[0]?.headers.authorization).toBe('Bearer for-users');
  expect(tickets.requests[0]?.headers.authorization).toBe('Bearer for-others');
});

test('a host that is not named gets no token where there is no default', async () => {
  const api = await service();

  await new HTTPClient({ token: perHost({ 'user-service': 'x' }) }).get(api.url);

  expect(api.requests[0]?.headers).not.toHaveProperty('authorization');
});

const HOSTS: [string, string][] = [
  ['default', 'default'],
  ['*.internal', 'wildcard'],
  ['*.users.internal', 'longer-wildcard'],
  ['*.users.internal:8443', 'wildcard-with-port'],
  ['a.users.internal', 'host'],
  ['a.users.internal:8443', 'host-with-port'],
  ['[::1]', 'ipv6'],
];

test.each([
  ['in this order', HOSTS],
  ['in the other', HOSTS.toReversed()],
])('the most exact pattern counts, %s', (_, hosts) => {
  const source = perHost(Object.fromEntries(hosts));
  const urls = {
    'https://a.users.internal:8443/x': 'host-with-port',
    'https://a.users.internal/x': 'host',
    'https://b.users.internal:8443/x': 'wildcard-with-port',
    'https://b.users.internal/x': 'longer-wildcard',
    'https://tickets.internal/x': 'wildcard',
    'https://internal/x': 'default',
    'https://example.org/': 'default',
    'http://[::1]:3000/': 'ipv6',
  };

  expect(Object.fromEntries(Object.keys(urls).map((url) => [url, ask(source, url)]))).toEqual(urls);
});

test('an exact host comes before a longer wildcard', () => {
  const source = perHost({ '*.a-name-that-is-long.internal': 'wildcard', 'x.a-name-that-is-long.internal': 'host' });

  expect(ask(source, 'http://x.a-name-that-is-long.internal/')).toBe('host');
  expect(ask(perHost({ '*.b:8000': 'short-with-port', '*.a.b': 'long' }), 'http://x.a.b:8000/')).toBe('long');
});

test('names are compared in small letters', () => {
  expect(ask(perHost({ 'User-Service': 'x' }), 'http://user-service/')).toBe('x');
});

test('null sends none, although there is a default', () => {
  const source = perHost({ 'public.org': null, default: 'x' });

  expect([ask(source, 'http://public.org/'), ask(source, 'http://other/')]).toEqual([undefined, 'x']);
});

test('a source is asked with the whole request, at once where it answers at once', async () => {
  const slow = jest.fn(async () => Promise.resolve('slow'));
  const source = perHost({ slow, quick: { getToken: () => ({ token: 'quick', expiresAt: 1 }) } });
  const request = { url: 'http://slow/', audience: 'urn:slow', signal: new AbortController().signal };

  expect(await source.getToken(request)).toBe('slow');
  expect(slow).toHaveBeenCalledWith(request);
  expect(ask(source, 'http://quick/')).toEqual({ token: 'quick', expiresAt: 1 });
});

test('every source is told to forget a token, and to close, once', () => {
  const source = { getToken: () => 'a', invalidate: jest.fn(), close: jest.fn() };
  const other = { ...source, invalidate: jest.fn(), close: jest.fn() };
  const all = perHost({ a: source, 'b:80': source, c: 'text', d: null, default: other });

  all.invalidate?.('a');
  all.close?.();

  for (const { invalidate, close } of [source, other]) {
    expect(invalidate.mock.calls).toEqual([['a']]);
    expect(close).toHaveBeenCalledTimes(1);
  }
});

test.each([
  [undefined, 'perHost takes an object of token sources by host'],
  [['a'], 'perHost takes an object of token sources by host'],
  [new Map([['a', 'token']]), 'perHost takes an object of token sources by host, got an instance of Map'],
  [Promise.resolve({ a: 'token' }), 'perHost takes an object of token sources by host, got an instance of Promise'],
  [{ 'http://a': 'x' }, "such as 'user-service', 'user-service:8000' or '*.internal', got 'http://a'"],
  [{ 'a.*': 'x' }, "got 'a.*'"],
  [{ 'a:port': 'x' }, "got 'a:port'"],
  [{ a: 'x', A: 'y' }, "perHost has 'a' twice"],
  [{ a: undefined }, "Option `perHost['a']` must be a token source, a function, a token or null, got undefined"],
  [{ a: {} }, 'got an object without getToken()'],
  [{ a: 'two words' }, "Option `perHost['a']` must not contain a space"],
])('a wrong host or source is refused when it is made: case %#', (hosts, message) => {
  expect(() => perHost(hosts as never)).toThrow(message);
});

test('no error quotes a token', () => {
  const hosts: Record<string, HostToken> = { a: 'secret word' };

  expect(() => perHost(hosts)).not.toThrow(/secret word/);
});
