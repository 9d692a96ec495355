import http2, { type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { HTTPClient } from '../../src/index';
import { undici } from '../../src/transports/undici';
import { isCutOff } from '../../src/wire/cut-off';
import { http2Service } from '../support/http2-service';

type OnStream = (stream: ServerHttp2Stream) => void;
const options = { retryAttempts: 0, timeout: 2 };
let close = (): void => undefined;

afterEach(() => {
  close();
});

/** axios speaks HTTP/2 without TLS too. */
async function plain(onStream: OnStream): Promise<string> {
  const server = http2.createServer().on('stream', onStream);
  server.on('session', (session) => {
    close = (): void => {
      session.destroy();
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.unref().address() as AddressInfo).port}`;
}

describe.each([
  ["axios's adapter", () => new HTTPClient({ ...options, httpVersion: 2 }), plain],
  [
    'undici',
    () => new HTTPClient({ ...options, transport: undici({ allowH2: true }) }),
    async (onStream: OnStream) => (await http2Service(onStream)).url,
  ],
])('over HTTP/2 on %s, a body that is cut off is BODY_TRUNCATED', (_, make, serve) => {
  test.each([
    ['its stream is destroyed', { 'content-length': 9 }, false],
    ['its connection is destroyed', {}, true],
    ['its connection is destroyed, and it has a length', { 'content-length': 9 }, true],
  ])('because %s', async (__, headers, isAll) => {
    const url = await serve((stream) => {
      stream.respond({ ':status': 200, ...headers });
      stream.write('half');
      setTimeout(() => {
        if (isAll) stream.session?.destroy();
        else stream.destroy();
      }, 30);
    });
    const client = make();

    const call = client.get(url);

    await expect(call).rejects.toMatchObject({ code: 'BODY_TRUNCATED', phase: 'body', sent: 'yes' });
    client.close();
  });
});

test.each([
  ['a stream that ended', { rstCode: 0 }, 'GET', {}, 4, false],
  ['a stream that was reset', { rstCode: 8 }, 'GET', {}, 4, true],
  ['a stream that was reset after its last byte', { rstCode: 8 }, 'GET', { 'content-length': '4' }, 4, false],
  ['a response to HEAD', { rstCode: 0 }, 'HEAD', { 'content-length': '4' }, 0, false],
  ['a request of HTTP/1.1', {}, 'GET', { 'content-length': '4' }, 0, false],
  ['no request', undefined, 'GET', {}, 0, false],
])('%s', (_, request, method, headers, size, expected) => {
  expect(isCutOff(request, method, { status: 200, headers }, size)).toBe(expected);
});
