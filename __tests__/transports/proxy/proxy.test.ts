import {
  failedProxy,
  mayUseProxy,
  proxyFor,
  refusedTunnel,
  withoutTLS,
  type ProxyRule,
} from '../../../src/transports/proxy/proxy';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];

function setEnv(values: Readonly<Record<string, string>>): void {
  for (const name of NAMES) for (const one of [name, name.toLowerCase()]) Reflect.deleteProperty(process.env, one);
  Object.assign(process.env, values);
}

afterEach(() => {
  setEnv({});
});

const trusting: ProxyRule = { proxy: undefined, trustEnv: true };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test.each<[Readonly<Record<string, string>>, string, string | undefined]>([
  [{}, 'http://a.test', undefined],
  [{ HTTP_PROXY: 'http://p:1' }, 'http://a.test', 'http://p:1'],
  [{ HTTP_PROXY: 'http://p:1' }, 'https://a.test', undefined],
  [{ HTTP_PROXY: 'http://p:1', http_proxy: 'http://q:1' }, 'http://a.test', 'http://q:1'],
  [{ HTTP_PROXY: 'http://p:1', http_proxy: '' }, 'http://a.test', 'http://p:1'],
  [{ https_proxy: 'http://p:1' }, 'https://a.test', 'http://p:1'],
  [{ ALL_PROXY: 'http://p:1' }, 'https://a.test', 'http://p:1'],
  [{ all_proxy: 'http://p:1', HTTPS_PROXY: 'https://q' }, 'https://a.test', 'https://q'],
  [{ HTTP_PROXY: 'p:3128' }, 'http://a.test', 'http://p:3128'],
  [{ HTTPS_PROXY: 'p:3128' }, 'https://a.test', 'http://p:3128'],
  [{ ALL_PROXY: 'p:3128' }, 'https://a.test', 'http://p:3128'],
  [{ HTTP_PROXY: 'http://[::1]:3128' }, 'http://a.test', 'http://[::1]:3128'],
  [{ HTTP_PROXY: 'http://p:1', NO_PROXY: 'a.test' }, 'http://a.test', undefined],
  [{ HTTP_PROXY: 'http://p:1', NO_PROXY: 'a.test', no_proxy: 'b.test' }, 'http://a.test', 'http://p:1'],
])('with %j, %s goes through %s', (env, target, expected) => {
  setEnv(env);

  expect(proxyFor(new URL(target), trusting)?.url.origin).toBe(expected);
  expect(proxyFor(new URL(target), { ...trusting, trustEnv: false })).toBeUndefined();
  expect(proxyFor(new URL(target), { ...trusting, proxy: false })).toBeUndefined();
});

test.each([
  ['http://me:p%40ss%3Aword@p:1', basic('me:p@ss:word')],
  ['http://me@p:1', basic('me:')],
  ['http://:only@p:1', basic(':only')],
  ['http://100%25:%zz@p:1', basic('100%:%zz')],
  ['http://p:1', undefined],
])('the credentials in %s are decoded', (HTTP_PROXY, authorization) => {
  setEnv({ HTTP_PROXY });

  const proxy = proxyFor(new URL('http://a.test'), trusting);

  expect(proxy).toMatchObject({ url: new URL('http://p:1'), authorization });
});

test.each<[ProxyRule['proxy'] | URL, string, string | undefined]>([
  [{ host: 'p', port: 3128 }, 'http://p:3128', undefined],
  [{ host: 'p', port: 443, protocol: 'https:' }, 'https://p', undefined],
  [{ host: '::1', port: 1 }, 'http://[::1]:1', undefined],
  [{ host: 'p', port: 1, auth: { username: 'a', password: 'b@c' } }, 'http://p:1', basic('a:b@c')],
  [new URL('http://me:p%40ss@p:1'), 'http://p:1', basic('me:p@ss')],
])('the option %j, which NO_PROXY does not concern', (proxy, origin, authorization) => {
  setEnv({ HTTP_PROXY: 'http://other:1', NO_PROXY: '*' });

  const found = proxyFor(new URL('http://a.test'), { proxy: proxy as ProxyRule['proxy'], trustEnv: true });

  expect(found).toMatchObject({ url: new URL(origin), authorization });
});

test.each<[string, Readonly<Record<string, string>>, ProxyRule['proxy']]>([
  ['the variable HTTP_PROXY', { HTTP_PROXY: 'socks5://me:secret@p' }, undefined],
  ['the variable ALL_PROXY', { ALL_PROXY: 'http://me:secret@[p' }, undefined],
  ['option `proxy`', {}, { host: 'me:secret', port: 1 }],
  ['option `proxy`', {}, { protocol: 'socks', host: 'secret', port: 1 }],
])('what is no http proxy is refused, and not shown: %s', (source, env, proxy) => {
  setEnv(env);
  const choose = (): unknown => proxyFor(new URL('http://a.test'), { proxy, trustEnv: true });

  expect(choose).toThrow(`${source} must name an http:// or https:// proxy`);
  expect(choose).toThrow(expect.objectContaining({ code: 'ERR_INVALID_PROXY' }) as Error);
});

test('a polluted prototype adds no credentials', () => {
  const polluted = Object.prototype as { auth?: unknown };
  polluted.auth = { username: 'x', password: 'y' };
  try {
    const found = proxyFor(new URL('http://a.test'), { proxy: { host: 'p', port: 1 }, trustEnv: false });
    expect(found?.authorization).toBeUndefined();
  } finally {
    delete polluted.auth;
  }
});

test('whether a proxy is possible at all is told without a target', () => {
  setEnv({ NO_PROXY: 'a' });
  expect([mayUseProxy(trusting), mayUseProxy({ proxy: { host: 'p', port: 1 }, trustEnv: false })]).toEqual([
    false,
    true,
  ]);
  setEnv({ all_proxy: 'http://p:1' });
  expect([mayUseProxy(trusting), mayUseProxy({ proxy: false, trustEnv: true })]).toEqual([true, false]);
});

const proxy = { url: new URL('http://p:3128'), authorization: basic('me:secret') };

test.each([
  [407, 'ERR_PROXY_REFUSED'],
  [100, 'ERR_PROXY_REFUSED'],
  [502, 'ERR_PROXY_UNAVAILABLE'],
  [600, 'ERR_PROXY_REFUSED'],
])('a refusal with %i is %s', (status, code) => {
  expect(refusedTunnel(proxy, 'a.test:443', status)).toMatchObject({ code });
  expect(refusedTunnel(proxy, 'a.test:443', status).message).not.toContain(proxy.authorization);
  expect(withoutTLS(status)).toMatchObject({ code });
});

test.each([
  ['ECONNREFUSED', 'ERR_PROXY_UNAVAILABLE', 'why'],
  ['ENOTFOUND', 'ERR_PROXY_UNAVAILABLE', 'why'],
  [undefined, 'ERR_PROXY_UNAVAILABLE', 'why'],
  ['HPE_INVALID_CONSTANT', 'HPE_INVALID_CONSTANT', 'why'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'SELF_SIGNED_CERT_IN_CHAIN', /certificate .* not trusted/],
])('a proxy that fails with %s is %s', (code, expected, reason) => {
  const cause = Object.assign(new Error('why'), { code });

  const failure = failedProxy(proxy, cause);

  expect(failure).toMatchObject({ code: expected, cause });
  expect(failure.message).toMatch(/^the proxy http:\/\/p:3128 failed: /);
  expect(failure.message).toMatch(reason);
});
