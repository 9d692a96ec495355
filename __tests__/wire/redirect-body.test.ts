import type { Socket } from 'node:net';
import { HTTPClient } from '../../src/index';
import { RedirectBody } from '../../src/wire/redirect-body';
import type { Exchange, WireHead } from '../../src/transports/transport';
import { timers } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { WAYS } from '../support/ways';

const FOUND = 'HTTP/1.1 302 Found\r\nLocation: /end\r\n';
const CHUNK = `2000\r\n${'x'.repeat(8192)}\r\n`;

/** Bodies of a redirect that no client should wait for. */
const BODIES: [string, (socket: Socket) => void][] = [
  ['stalls', (socket) => void socket.write(`${FOUND}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`)],
  ['is shorter than announced', (socket) => void socket.write(`${FOUND}Content-Length: 1000\r\n\r\nmoved`)],
  ['is announced as huge', (socket) => void socket.write(`${FOUND}Content-Length: 5000000000\r\n\r\nmoved`)],
  ['is cut off', (socket) => void socket.end(`${FOUND}Content-Length: 1000\r\n\r\nmoved`)],
  ['is reset', (socket) => void socket.write(`${FOUND}Content-Length: 9\r\n\r\nm`, () => socket.resetAndDestroy())],
  ['is no gzip', (socket) => void socket.write(`${FOUND}Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nmoved`)],
  ['is no valid chunk', (socket) => void socket.write(`${FOUND}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n`)],
  ['never ends', pour],
];

function pour(socket: Socket): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(CHUNK));
  };
  socket.on('drain', more);
  socket.write(`${FOUND}Transfer-Encoding: chunked\r\n\r\n`);
  more();
}

describe.each(WAYS)('over %s', (_, way) => {
  test.each(BODIES)('a redirect whose body %s is followed', async (_name, answer) => {
    const api = await rawService((socket) => {
      if (api.requests.at(-1)?.startsWith('GET /end ')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend');
      else answer(socket);
    });
    const client = new HTTPClient({ timeout: 10, retryAttempts: 0, maxResponseSize: 1000, ...way });

    const response = await client.post(`${api.url}/start`);

    expect(response.data).toBe('end');
    expect(response.elapsed).toBeLessThan(5);
    expect(api.requests).toHaveLength(2);
    // The connection of the redirect is given up, unless the redirect was complete.
    client.close();
    for (let turn = 0; turn < 200 && api.sockets.size > 0; turn++) await new Promise((wake) => setTimeout(wake, 2));
    expect(api.sockets.size).toBe(0);
  });

  test('a call that ends while the body of its redirect stalls leaves no timer', async () => {
    const before = timers();
    const api = await rawService((socket) => void socket.write(`${FOUND}Content-Length: 1000\r\n\r\nmoved`));
    const client = new HTTPClient({ retryAttempts: 0, ...way });
    const controller = new AbortController();
    const abort = controller.abort.bind(controller);
    const beforeRedirect = (): void => void setImmediate(abort);

    const call = client.get(api.url, { signal: controller.signal, beforeRedirect });

    await expect(call).rejects.toMatchObject({ code: 'CANCELLED', sent: 'yes' });

    expect(timers()).toBeLessThanOrEqual(before);
    expect(api.requests).toHaveLength(1);
  });
});

describe('the body of a redirect', () => {
  const destroy = jest.fn();
  const exchange = { destroy } as unknown as Exchange;
  const onEnd = jest.fn();
  const head = (length?: number): WireHead => ({
    status: 302,
    statusText: '',
    headers: length === undefined ? {} : { 'content-length': String(length) },
    request: undefined,
  });
  const start = (length?: number, method = 'GET'): RedirectBody =>
    new RedirectBody(head(length), method, exchange, onEnd);

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
  });
  afterEach(() => jest.useRealTimers());

  function outcome(): unknown {
    return { ended: onEnd.mock.calls.length, destroyed: destroy.mock.calls.length };
  }

  test('keeps the connection if it ends soon', () => {
    const body = start(5);
    body.push(Buffer.alloc(64 * 1024));
    body.end();
    body.end();

    jest.advanceTimersByTime(1000);
    expect(outcome()).toEqual({ ended: 1, destroyed: 0 });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('costs the connection after 64 KB', () => {
    start().push(Buffer.alloc(64 * 1024 + 1));

    expect(outcome()).toEqual({ ended: 1, destroyed: 1 });
  });

  test('costs it at once if its length is announced as more, except for HEAD', () => {
    start(64 * 1024 + 1, 'HEAD');
    expect(outcome()).toEqual({ ended: 0, destroyed: 0 });

    start(64 * 1024 + 1);
    expect(outcome()).toEqual({ ended: 1, destroyed: 1 });
  });

  test('costs it after 100 ms', () => {
    start();

    jest.advanceTimersByTime(99);
    expect(outcome()).toEqual({ ended: 0, destroyed: 0 });
    jest.advanceTimersByTime(1);
    expect(outcome()).toEqual({ ended: 1, destroyed: 1 });
  });

  test('is forgotten when the attempt is over', () => {
    start().cancel();

    jest.advanceTimersByTime(1000);
    expect(outcome()).toEqual({ ended: 0, destroyed: 0 });
  });
});
