import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { problemResponse, sendProblem, type ProblemResponse } from '../../src/server/problem-response';
import { serve } from '../server/serve';

const ANSWER = problemResponse(502, 'It is böse.', 'id-1', { 'X-Should-Retry': 'false' });

/** The answer as it goes out, where a handler has set these headers before. */
async function sent(answer: ProblemResponse, before: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Response> {
  const url = await serve((_, response) => {
    for (const [name, value] of Object.entries(before)) if (value !== undefined) response.setHeader(name, value);
    sendProblem(response, answer);
  });
  return fetch(url, { method });
}

test('a problem goes out as one', async () => {
  const response = await sent(ANSWER);

  expect([response.status, response.statusText]).toEqual([502, 'Bad Gateway']);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-should-retry': 'false',
  });
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: 'It is böse.',
    requestId: 'id-1',
  });
});

test('a HEAD request gets the same without the body', async () => {
  const response = await sent(ANSWER, {}, 'HEAD');

  expect(response.status).toBe(502);
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(JSON.stringify(ANSWER.body))));
  expect(await response.text()).toBe('');
});

test('what was said of another body does not go out, and what was said of the answer does', async () => {
  const { headers } = await sent(ANSWER, {
    'Content-Encoding': 'gzip',
    'Content-Length': 3,
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': "default-src 'none'",
    'Content-Type': 'text/csv',
    'Cache-Control': 'public, max-age=3600',
    ETag: '"1"',
    'Last-Modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
    'Access-Control-Allow-Origin': '*',
    'Set-Cookie': 'a=1',
  });

  for (const name of ['content-encoding', 'content-disposition', 'etag', 'last-modified']) {
    expect(headers.has(name)).toBe(false);
  }
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'access-control-allow-origin': '*',
    'set-cookie': 'a=1',
  });
});

test('a response that is given up after it said that it comes in chunks is a whole one', async () => {
  const response = await sent(ANSWER, { 'Transfer-Encoding': 'chunked', Trailer: 'X-Sum' });

  expect(response.headers.has('transfer-encoding')).toBe(false);
  expect(await response.json()).toMatchObject({ status: 502 });
});

test('the words for another status do not go out', async () => {
  const url = await serve((_, response) => {
    response.statusMessage = 'Created';
    sendProblem(response, ANSWER);
  });

  expect((await fetch(url)).statusText).toBe('Bad Gateway');
});

test('over HTTP/2, which has no such words, nothing is warned of', async () => {
  const warned = jest.fn();
  process.on('warning', warned);
  const server = http2.createServer((_, response) => {
    sendProblem(response as unknown as ServerResponse, ANSWER);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const stream = session.request({ ':path': '/' });
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  stream.resume();
  await once(stream, 'close');
  session.close();
  await new Promise((resolve) => server.close(resolve));
  process.off('warning', warned);

  expect(headers[':status']).toBe(502);
  expect(warned).not.toHaveBeenCalled();
});
