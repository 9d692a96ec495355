import { HTTPClient } from '../../src/index';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';

const FAST = { retry: { base: 0.001 }, timeout: 2 };

async function answering(text: string): Promise<RawService> {
  return rawService((socket) => socket.write(text));
}

describe('a request that was carried out is not made again', () => {
  test.each([
    ['204 with a length and a body', 'DELETE', 204, '204 No Content\r\nContent-Length: 2\r\n\r\n{}'],
    ['204 with a length and no body', 'DELETE', 204, '204 No Content\r\nContent-Length: 2\r\n\r\n'],
    ['204 with a body and no length', 'DELETE', 204, '204 No Content\r\nContent-Type: text/plain\r\n\r\nok'],
    ['204 with an end of chunks', 'POST', 204, '204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['304 with the length of its body elsewhere', 'GET', 304, '304 Not Modified\r\nContent-Length: 2\r\n\r\n'],
    ['HEAD with a body', 'HEAD', 200, '200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['200 and more than its length', 'POST', 200, '200 OK\r\nContent-Length: 2\r\n\r\nok{}'],
    [
      '200 and bytes after its last chunk',
      'POST',
      200,
      '200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n{}',
    ],
  ])('%s', async (_, method, status, text) => {
    const api = await answering(`HTTP/1.1 ${text}`);

    const response = await new HTTPClient(FAST).request(method, api.url);

    expect([response.status, response.data]).toEqual([status, status === 200 && method === 'POST' ? 'ok' : '']);
    expect(api.requests).toHaveLength(1);
  });

  test.each([
    ['two lengths', '200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    ['a length and chunks', '200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a broken header after the length', '200 OK\r\nContent-Length: 2\r\n: x\r\n\r\nok'],
    ['an unrequested change of protocol', '101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ])('if the response is not valid HTTP: %s', async (_, text) => {
    const api = await answering(`HTTP/1.1 ${text}`);

    expect(await failure(new HTTPClient(FAST).post(api.url))).toMatchObject({ code: 'PROTOCOL_ERROR', retries: 0 });
    expect(api.requests).toHaveLength(1);
  });
});

const CHUNKED = 'Transfer-Encoding: chunked\r\n\r\n';

test.each([
  ['before its length', 'Content-Length: 9\r\n\r\nok'],
  ['before its length, on a connection that is about to close', 'Connection: close\r\nContent-Length: 9\r\n\r\nok'],
  ['without its last chunk', `${CHUNKED}2\r\nok\r\n`],
  ['without its last chunk, on a connection that is about to close', `Connection: close\r\n${CHUNKED}2\r\nok\r\n`],
  ['without a chunk, on a connection that is about to close', `Connection: close\r\n${CHUNKED}`],
  ['within a chunk, on a connection that is about to close', `Connection: close\r\n${CHUNKED}9\r\nok`],
])('a body that ends %s is cut off, and the call is retried', async (_, rest) => {
  const api = await rawService((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));

  expect(await failure(new HTTPClient({ ...FAST, retryAttempts: 1 }).get(api.url))).toMatchObject({
    code: 'BODY_TRUNCATED',
    retries: 1,
  });
});
