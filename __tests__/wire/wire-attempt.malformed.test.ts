import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';
import { WAYS } from '../support/ways';

const FAST = { retry: { base: 0.001 }, timeout: 2 };
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const BODY = 'Content-Length: 2\r\n\r\nok';

async function responding(text: string): Promise<RawService> {
  return rawService((socket) => socket.end(text, 'latin1'));
}

describe.each(WAYS)('over %s, a request with a malformed response is not made again', (_, way) => {
  const clientFor = (): HTTPClient => new HTTPClient({ ...FAST, ...way });

  test.each([
    ['a status line that is none', 'HELLO WORLD\r\n\r\n'],
    ['HTTP/0.9', '<html>ok</html>'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a frame of HTTP/2', '\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03'],
    ['a version that does not exist', `HTTP/9.9 200 OK\r\n${BODY}`],
    ['bytes before the response', `xx${OK}${BODY}`],
    ['a header without a colon', `${OK}Nocolon\r\n${BODY}`],
    ['a header without a colon after the length', `${OK}Content-Length: 2\r\nNocolon\r\n\r\nok`],
    ['a header without a name', `${OK}: x\r\n${BODY}`],
    ['a space before the colon', `${OK}X-A : x\r\n${BODY}`],
    ['NUL in a name', `${OK}X\0A: a\r\n${BODY}`],
    ['NUL in a value', `${OK}X-A: a\0b\r\n${BODY}`],
    ['CR in a value', `${OK}X-A: a\rb\r\n${BODY}`],
    ['a folded header', `${OK}X-A: a\r\n b\r\n${BODY}`],
    ['lines that end with LF', `HTTP/1.1 200 OK\nContent-Length: 2\n\nok`],
    ['a length and chunks', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks and a length', `${OK}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`],
    ['a list of lengths', `${OK}Content-Length: 2, 2\r\n\r\nok`],
    ['a negative length', `${OK}Content-Length: -2\r\n\r\nok`],
    ['a length in words', `${OK}Content-Length: two\r\n\r\nok`],
    ['a length of 23 digits', `${OK}Content-Length: 99999999999999999999999\r\n\r\nok`],
    ...['000', '001', '099', '101', '600', '700', '999', '20', '1000', '2x0', '-200'].map((status) => [
      `status ${status}`,
      `HTTP/1.1 ${status} X\r\n${BODY}`,
    ]),
    ['an unrequested change of protocol', 'HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['status 099 without a body', 'HTTP/1.1 099 X\r\n\r\n'],
    ['status 700 without a length', 'HTTP/1.1 700 X\r\n\r\nok'],
  ])('%s', async (_case, text) => {
    const api = await responding(text);

    const error = await failure(clientFor().post(api.url, { data: 'x' }));

    expect(error).toMatchObject({ code: 'PROTOCOL_ERROR', phase: 'headers', sent: 'maybe', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });

  test.each([
    ['a size that is not a number', `${CHUNKED}zz\r\nok\r\n0\r\n\r\n`],
    ['a negative size', `${CHUNKED}-2\r\nok\r\n0\r\n\r\n`],
    ['a size of 19 digits', `${CHUNKED}fffffffffffffffffff\r\nok`],
    ['a second size that is not a number', `${CHUNKED}2\r\nok\r\nzz\r\n`],
    ['more bytes than its size', `${CHUNKED}2\r\nokay\r\n0\r\n\r\n`],
    ['lines that end with LF', `${CHUNKED}2\nok\n0\n\n`],
  ])('a chunk with %s', async (_case, text) => {
    const api = await responding(text);

    const error = await failure(clientFor().post(api.url, { data: 'x' }));

    expect(error).toMatchObject({ code: 'PROTOCOL_ERROR', phase: 'body', sent: 'yes', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });

  test.each([
    ['a header of 20,000 bytes', `${OK}Content-Length: 2\r\nX: ${'a'.repeat(20_000)}\r\n\r\nok`],
    ['a header of 200,000 bytes', `${OK}X: ${'a'.repeat(200_000)}\r\n${BODY}`],
  ])('%s', async (_case, text) => {
    const api = await responding(text);

    const error = await failure(clientFor().post(api.url, { data: 'x' }));

    expect(error).toMatchObject({ code: 'HEADERS_TOO_LARGE', phase: 'headers', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });
});

describe.each(WAYS)('over %s, a legal response is read', (_, way) => {
  const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

  test.each([
    ['without a reason', `HTTP/1.1 200\r\n${BODY}`],
    ['of HTTP/1.0', `HTTP/1.0 200 OK\r\n${BODY}`],
    ['after an empty line', `\r\n${OK}${BODY}`],
    ['with a chunk extension', `${CHUNKED}2;a=b\r\nok\r\n0\r\n\r\n`],
    [
      'with Transfer-Encoding twice',
      `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    ],
    ['with a thousand headers', `${OK}${'X: a\r\n'.repeat(1000)}${BODY}`],
    ['with an Upgrade that is not made', `${OK}Upgrade: h2c\r\nConnection: upgrade\r\n${BODY}`],
    ['after 100 Continue', `${CONTINUE}${OK}${BODY}`],
    ['after 100 Continue, three times', `${CONTINUE.repeat(3)}${OK}${BODY}`],
    ['after 100 without a reason', `HTTP/1.1 100\r\n\r\n${OK}${BODY}`],
    ['after 100 Continue with headers', `HTTP/1.1 100 Continue\r\nDate: now\r\nX-A: 1\r\n\r\n${OK}${BODY}`],
    ['after 102, 103 and 100', `HTTP/1.1 102 P\r\n\r\nHTTP/1.1 103 E\r\nLink: a\r\n\r\n${CONTINUE}${OK}${BODY}`],
    ['after 199', `HTTP/1.1 199 X\r\n\r\n${OK}${BODY}`],
  ])('%s', async (_case, text) => {
    const api = await responding(text);

    const response = await new HTTPClient({ ...FAST, ...way }).post(api.url, { data: 'x' });

    expect(response).toMatchObject({ status: 200, data: 'ok', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });

  test('after 100 Continue that comes byte by byte', async () => {
    const api = await rawService((socket) => {
      void (async () => {
        for (const byte of `${CONTINUE}${CONTINUE}HTTP/1.1 201 Created\r\n`) {
          socket.write(byte);
          await new Promise(setImmediate);
        }
        socket.write('Content-Length: 12\r\n\r\nHTTP/1.1 100');
      })();
    });
    const client = new HTTPClient({ ...FAST, ...way });

    expect(await client.post(api.url, { data: 'x' })).toMatchObject({ status: 201, data: 'HTTP/1.1 100' });
    expect(api.requests).toHaveLength(1);
    client.close();
  });
});
