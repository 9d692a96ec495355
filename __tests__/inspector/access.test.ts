import { cookieFor, isKey, newKey } from '../../src/inspector/access';
import { inspector, open } from '../support/inspector';

describe('the key', () => {
  test('has 192 bits, and is another one each time', () => {
    expect(Buffer.from(newKey(), 'base64url')).toHaveLength(24);
    expect(newKey()).not.toBe(newKey());
  });

  test.each([
    ['', false],
    ['abc', false],
    ['abcd', true],
    ['abcde', false],
  ])('%j is compared as a whole', (given, expected) => {
    expect(isKey(given, 'abcd')).toBe(expected);
  });

  test('becomes a cookie that scripts and other pages do not get', () => {
    expect(cookieFor('k', '/calls/')).toBe('hdms_inspector=k; Path=/calls/; HttpOnly; SameSite=Strict');
  });
});

test('the printed address sets the cookie, and leads to one without the key', async () => {
  const { url } = await inspector();

  const first = await open(url, url, { headers: { Cookie: '' } });
  const page = await open(url, '/har');

  expect(first).toMatchObject({ status: 302, headers: { location: '/' } });
  expect(first.headers['set-cookie']?.[0]).toMatch(/^hdms_inspector=.{32}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(page.status).toBe(200);
});

describe('refuses', () => {
  const paths = ['/', '/page.js', '/events', '/har', '/calls/1', '/nothing'];

  test.each(paths)('%s without the key', async (path) => {
    const { url } = await inspector();

    expect((await open(url, path, { headers: { Cookie: '' } })).status).toBe(401);
    expect((await open(url, path, { headers: { Cookie: 'hdms_inspector=wrong' } })).status).toBe(401);
  });

  test('a wrong key in the address', async () => {
    const { url } = await inspector();

    const { status, headers } = await open(url, `/?key=${newKey()}`, { headers: { Cookie: '' } });

    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s', async (method) => {
    const { url } = await inspector();

    expect(await open(url, '/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });

  test.each(['attacker.test', 'attacker.test:80', '127.0.0.1.attacker.test', 'localhost.attacker.test'])(
    'the host name %j, which another page may have let point here',
    async (Host) => {
      const { url } = await inspector();

      expect((await open(url, '/', { headers: { Host } })).status).toBe(421);
      expect((await open(url, url, { headers: { Host } })).status).toBe(421);
    },
  );

  test.each(['cross-site', 'same-site'])('requests of a page that is %s', async (site) => {
    const { url } = await inspector();

    expect((await open(url, '/calls/1', { headers: { 'Sec-Fetch-Site': site } })).status).toBe(403);
    expect((await open(url, url, { headers: { 'Sec-Fetch-Site': site } })).status).toBe(403);
  });

  test('what a reverse proxy hands on', async () => {
    const { url } = await inspector();

    expect((await open(url, '/', { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status).toBe(421);
  });

  test('whoever is not authorized, and if that cannot be decided', async () => {
    const no = await inspector({ authorize: () => false });
    const unsure = await inspector({ authorize: () => Promise.reject(new Error('no database')) });
    const truthy = await inspector({ authorize: (() => 'yes') as never });
    const yes = await inspector({ authorize: ({ headers }) => headers['x-user'] === 'ada' });

    expect((await open(no.url, '/')).status).toBe(403);
    expect((await open(unsure.url, '/')).status).toBe(403);
    expect((await open(truthy.url, '/')).status).toBe(403);
    expect((await open(yes.url, '/har', { headers: { 'X-User': 'ada' } })).status).toBe(200);
  });
});

test('each response forbids scripts of others, frames and guesses at its type', async () => {
  const { url } = await inspector();

  for (const path of ['/', '/page.js', '/page.css', '/icon.svg', '/har', '/calls/1', '/nothing']) {
    const { headers } = await open(url, path);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  }
});
