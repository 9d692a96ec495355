import { once } from 'node:events';
import { createConnection } from 'node:net';
import { newKey } from '../../src/inspector/access';
import { cookieOf, inspector, open } from '../support/inspector';

/** Sends bytes as they are, and reads until the server closes. */
async function exchange(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined).end(text);
  await once(socket, 'close');
  return received;
}

function lines(...all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n\r\n`;
}

function statuses(received: string): string[] {
  return received.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
}

describe('over a raw socket', () => {
  const close = 'Connection: close';

  test.each([
    ['an absolute target', 'GET http://127.0.0.1/har HTTP/1.1', '127.0.0.1', '400'],
    ['an absolute target of another host', 'GET http://attacker.test/har HTTP/1.1', 'attacker.test', '421'],
    ['no path', 'GET * HTTP/1.1', '127.0.0.1', '400'],
    ['two slashes', 'GET //har HTTP/1.1', '127.0.0.1', '404'],
    ['nothing but slashes', 'GET // HTTP/1.1', '127.0.0.1', '404'],
    ['the way to the parent folder', 'GET /../../../package.json HTTP/1.1', '127.0.0.1', '404'],
    ['the same, encoded', 'GET /..%2f..%2fpackage.json HTTP/1.1', '127.0.0.1', '404'],
    ['an empty host', 'GET / HTTP/1.1', '', '421'],
    ['a host with a user', 'GET / HTTP/1.1', 'a@127.0.0.1', '421'],
    ['two hosts in one', 'GET / HTTP/1.1', '127.0.0.1, attacker.test', '421'],
    ['a host with a path', 'GET / HTTP/1.1', '127.0.0.1/attacker.test', '421'],
  ])('%s', async (_, start, host, status) => {
    const { url } = await inspector();

    const received = await exchange(url, lines(start, `Host: ${host}`, `Cookie: ${cookieOf(url)}`, close));

    expect(statuses(received)).toEqual([status]);
  });

  test('HTTP/1.0 needs a host, too', async () => {
    const { url } = await inspector();

    expect(statuses(await exchange(url, lines('GET / HTTP/1.0', `Cookie: ${cookieOf(url)}`)))).toEqual(['421']);
  });

  test('HTTP/1.1 without a host, or with headers that are too large, is refused by the server', async () => {
    const { url } = await inspector();
    const cookie = `Cookie: ${cookieOf(url)}`;

    expect(statuses(await exchange(url, lines('GET / HTTP/1.1', cookie, close)))).toEqual(['400']);
    const large = lines('GET / HTTP/1.1', 'Host: localhost', `X-Large: ${'x'.repeat(20_000)}`, cookie);
    expect(statuses(await exchange(url, large))).toEqual(['431']);
  });

  test('a request in the body of another is not obeyed', async () => {
    const { url } = await inspector();
    const cookie = `Cookie: ${cookieOf(url)}`;
    const hidden = lines('GET /har HTTP/1.1', 'Host: localhost', cookie, close);
    const start = ['POST / HTTP/1.1', 'Host: localhost', cookie];

    const counted = lines(...start, close, `Content-Length: ${hidden.length}`) + hidden;
    expect(statuses(await exchange(url, counted))).toEqual(['405']);
    const ambiguous = lines(...start, 'Content-Length: 5', 'Transfer-Encoding: chunked') + `0\r\n\r\n${hidden}`;
    expect(statuses(await exchange(url, ambiguous))).toEqual(['400']);
  });

  test('a header that is sent twice does not let in what one of them would not', async () => {
    const { url } = await inspector();
    const start = ['GET /har HTTP/1.1', 'Host: localhost', `Cookie: ${cookieOf(url)}`, close];

    const twice = lines(...start, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site');
    expect(statuses(await exchange(url, twice))).toEqual(['403']);
  });
});

describe('the cookie', () => {
  test('of one inspector leaves those of others on the same machine valid', async () => {
    const [first, second] = [await inspector(), await inspector()];

    const { headers } = await open(second.url, second.url, { headers: { Cookie: cookieOf(first.url) } });
    const Cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';

    expect((await open(first.url, '/har', { headers: { Cookie } })).status).toBe(200);
    expect((await open(second.url, '/har', { headers: { Cookie } })).status).toBe(200);
  });

  test('does not grow with each inspector', async () => {
    const { url } = await inspector();
    const Cookie = `hdms_inspector=${Array.from({ length: 100 }, newKey).join('.')}`;

    const { headers } = await open(url, url, { headers: { Cookie } });

    expect(headers['set-cookie']?.[0]?.split(';')[0]).toMatch(/^hdms_inspector=(?:[\w-]{32}\.){7}[\w-]{32}$/);
  });

  test('of another inspector alone opens nothing, but does not hinder the key in the address', async () => {
    const { url } = await inspector();
    const Cookie = `hdms_inspector=${newKey()}`;

    expect((await open(url, '/har', { headers: { Cookie } })).status).toBe(401);
    expect((await open(url, url, { headers: { Cookie } })).status).toBe(302);
  });
});
