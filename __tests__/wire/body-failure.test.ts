import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { HTTPClient, type HTTPError, type RequestOptions } from '../../src/index';
import { failure, timers } from '../support/outcome';
import { rawService } from '../support/raw-service';
import { WAYS } from '../support/ways';

const ZIPPED = gzipSync('a reason that is long enough to be cut in two'.repeat(50)).toString('latin1');

/** What happens to the body of a response, and the failure that comes of it. */
interface Harm {
  readonly rest: string;
  readonly end?: (socket: Socket) => void;
  readonly cause: string;
}

const HALF = 'Content-Length: 30\r\n\r\npart';
const cut: Harm = { rest: HALF, end: (socket) => socket.end(), cause: 'BODY_TRUNCATED' };
const stall: Harm = { rest: HALF, cause: 'TIMEOUT' };
const tooLarge: Harm = {
  rest: `Transfer-Encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2000)}\r\n0\r\n\r\n`,
  cause: 'RESPONSE_TOO_LARGE',
};
const halfGzip: Harm = {
  rest: `Content-Encoding: gzip\r\nContent-Length: 40\r\n\r\n${ZIPPED.slice(0, 40)}`,
  cause: 'CONTENT_DECODING_FAILED',
};

const HARMS: Record<string, Harm> = {
  'is cut off': cut,
  'is reset': {
    rest: 'Content-Length: 30\r\n\r\npart',
    end: (socket) => socket.resetAndDestroy(),
    cause: 'BODY_TRUNCATED',
  },
  'has no last chunk': {
    rest: 'Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n',
    end: (socket) => socket.end(),
    cause: 'BODY_TRUNCATED',
  },
  stalls: stall,
  'is announced as too large': { rest: 'Content-Length: 5000\r\n\r\npart', cause: 'RESPONSE_TOO_LARGE' },
  'is too large': tooLarge,
  'is no gzip': { rest: 'Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\npart', cause: 'CONTENT_DECODING_FAILED' },
  'is half a gzip': halfGzip,
};

/** A service that answers every request so, and counts them. */
async function harmful(status: number, { rest, end }: Harm, head = ''): Promise<Harmful> {
  const { url, requests, sockets } = await rawService((socket) => {
    socket.write(Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${head}${rest}`, 'latin1'));
    if (end) setTimeout(end, 10, socket);
  });
  return { url, requests, sockets };
}

interface Harmful {
  readonly url: string;
  readonly requests: readonly string[];
  readonly sockets: ReadonlySet<Socket>;
}

/** Short for what stalls, and long enough for a machine that is busy. */
function timeoutFor(harm: Harm): RequestOptions {
  return harm === stall ? { timeout: 0.25 } : {};
}

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ retry: { base: 0.001 }, maxResponseSize: 1000, timeout: 2, ...way });

  test.each(Object.entries(HARMS))('a 409 whose body %s is a 409, and not retried', async (_name, harm) => {
    const api = await harmful(409, harm);

    const error = await failure(client.post(api.url, { json: {}, ...timeoutFor(harm) }));

    expect(error).toMatchObject({
      name: 'HTTPError',
      code: 'CLIENT_ERROR',
      status: 409,
      sent: 'yes',
      cause: { code: harm.cause },
      attempts: [{ outcome: 409, decision: 'fail', reason: 'not-retryable' }],
    });
    expect(error.message).toMatch(`responded with 409 Conflict, with an incomplete body (${harm.cause})`);
    expect(api.requests).toHaveLength(1);
  });

  test.each([
    [503, 'SERVER_ERROR'],
    [429, 'TOO_MANY_REQUESTS'],
  ])('a %i whose body is cut off is retried as one', async (status, code) => {
    const api = await harmful(status, cut, 'Retry-After: 0\r\n');

    const error = await failure(client.get(api.url, { retryAttempts: 1 }));

    expect(error).toMatchObject({ name: 'HTTPError', code, status, retryAfter: 0, retries: 1 });
    expect(error.attempts).toMatchObject([
      { outcome: status, decision: 'retry', reason: code },
      { outcome: status, reason: 'retries-exhausted' },
    ]);
  });

  test('its Retry-After is minded', async () => {
    const api = await harmful(503, stall, 'Retry-After: 60\r\n');

    expect(await failure(client.get(api.url, timeoutFor(stall)))).toMatchObject({
      status: 503,
      retryAfter: 60,
      attempts: [{ outcome: 503, reason: 'retry-after-too-long' }],
    });
  });

  test.each<[NonNullable<RequestOptions['responseType']>, unknown]>([
    ['json', 'part'],
    ['text', 'part'],
    ['arraybuffer', Buffer.from('part')],
    ['stream', 'part'],
  ])('the part that arrived is the data, as %s', async (responseType, part) => {
    const api = await harmful(404, cut);

    const error = (await failure(client.get(api.url, { responseType }))) as HTTPError;

    expect(error).toMatchObject({ name: 'HTTPError', status: 404 });
    expect(error.response.data).toEqual(part);
  });

  test('getJson rejects with the status, not with what is no JSON', async () => {
    const api = await harmful(404, cut);

    expect(await failure(client.getJson(api.url))).toMatchObject({ name: 'HTTPError', status: 404 });
  });

  test('of half a gzip the decoded part is the data', async () => {
    const api = await harmful(404, halfGzip);

    expect((await failure(client.get(api.url))).response?.data).toMatch(/^(a reason)?/);
  });

  test('a 4xx that the caller accepts is not retried either', async () => {
    for (const harm of [cut, stall]) {
      const api = await harmful(409, harm);

      const error = await failure(client.post(api.url, { validateStatus: () => true, ...timeoutFor(harm) }));

      expect(error).toMatchObject({ name: 'HTTPError', status: 409, retries: 0 });
      expect(api.requests).toHaveLength(1);
    }
  });

  test('what the caller accepts and does not fit is ResponseTooLarge', async () => {
    const api = await harmful(503, tooLarge);

    expect(await failure(client.get(api.url, { validateStatus: null }))).toMatchObject({
      name: 'ResponseTooLarge',
      retries: 0,
    });
  });

  test('a success whose body is cut off is a ConnectionError, and retried', async () => {
    const api = await harmful(200, cut);

    expect(await failure(client.get(api.url, { retryAttempts: 1 }))).toMatchObject({
      code: 'BODY_TRUNCATED',
      retries: 1,
    });
  });

  test('a deadline that ends in the body of a 409 leaves it a 409', async () => {
    const api = await harmful(409, stall);

    expect(await failure(client.get(api.url, { deadline: 0.25 }))).toMatchObject({
      name: 'HTTPError',
      status: 409,
      cause: { code: 'DEADLINE_EXCEEDED' },
      attempts: [{ outcome: 409 }],
    });
  });

  test('one that ends in the body of a 503 is a DeadlineExceeded because of it', async () => {
    const api = await harmful(503, stall);

    expect(await failure(client.get(api.url, { deadline: 0.25 }))).toMatchObject({
      name: 'DeadlineExceeded',
      cause: { name: 'HTTPError', status: 503 },
      attempts: [{ outcome: 503, reason: 'deadline' }],
    });
  });

  test('a caller who cancels in the body of a 409 gets RequestCancelled', async () => {
    const caller = new AbortController();
    const { url } = await rawService((socket) => {
      socket.write(`HTTP/1.1 409 Conflict\r\n${stall.rest}`);
      setTimeout(() => {
        caller.abort();
      }, 30);
    });

    expect(await failure(client.get(url, { signal: caller.signal }))).toMatchObject({ name: 'RequestCancelled' });
  });

  test('a token that is refused with half a body is renewed', async () => {
    const api = await rawService((socket, number) => {
      if (number === 1) socket.end(`HTTP/1.1 401 Unauthorized\r\n${cut.rest}`);
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    let token = 'old';
    const source = { getToken: () => token, invalidate: () => (token = 'new') };

    expect((await new HTTPClient({ token: source, ...way }).post(api.url)).data).toBe('ok');
  });

  test('neither timer nor socket is left', async () => {
    const before = timers();
    const api = await harmful(409, stall);

    await failure(client.get(api.url, timeoutFor(stall)));

    for (let turn = 0; turn < 100 && api.sockets.size > 0; turn++) await new Promise((wake) => setTimeout(wake, 2));
    expect(api.sockets.size).toBe(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

test('a body that ends with its connection is truncated if that is reset', async () => {
  const { url, sockets } = await rawService((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart'),
  );

  const { data } = await new HTTPClient().get<Readable>(url, { responseType: 'stream' });
  data.once('data', () => {
    for (const socket of sockets) socket.resetAndDestroy();
  });

  await expect(once(data, 'end')).rejects.toMatchObject({ name: 'ConnectionError', code: 'BODY_TRUNCATED' });
});
