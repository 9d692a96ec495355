import { EventEmitter, once } from 'node:events';
import { text } from 'node:stream/consumers';
import { HTTPClient, runInContext, type HTTPResponse } from '../../src/index';
import { isWebStream, type WebStream } from '../../src/util/is-web-stream';
import { testOfLeanCore } from '../support/lean-only';
import { service, type Service } from '../support/service';

const stream = { responseType: 'stream' } as const;

/** A service that sends the beginning of a body, and the name of the event when the connection closes. */
async function stalling(): Promise<Service & { readonly closed: Promise<unknown> }> {
  let onResponse: (closed: Promise<unknown>) => void = () => undefined;
  const closed = new Promise((resolve) => {
    onResponse = resolve;
  });
  const api = await service([
    {
      handle(_, response) {
        onResponse(once(response, 'close'));
        response.write('the beginning');
      },
    },
  ]);
  return { ...api, closed };
}

function clientOf(options = {}): HTTPClient {
  return new HTTPClient({ adapter: 'fetch', retryAttempts: 0, ...options });
}

async function beginning({ data }: HTTPResponse<WebStream>) {
  const reader = data.getReader();
  const { value } = await reader.read();
  expect(Buffer.from(value as Uint8Array).toString()).toBe('the beginning');
  return reader;
}

test('a stream of the fetch adapter is a web stream, and arrives whole', async () => {
  const api = await service([{ body: 'a'.repeat(300_000) }]);

  const { data } = await clientOf().get<WebStream>(api.url, stream);

  expect(isWebStream(data)).toBe(true);
  expect(await text(data)).toHaveLength(300_000);
});

test("the caller's signal ends such a stream, and frees the socket", async () => {
  const api = await stalling();
  const caller = new AbortController();
  const reader = await beginning(await clientOf().get<WebStream>(api.url, { ...stream, signal: caller.signal }));

  const rest = reader.read();
  caller.abort(new Error('no longer needed'));

  await expect(rest).rejects.toMatchObject({ name: 'RequestCancelled', cause: { message: 'no longer needed' } });
  await api.closed;
});

test('the signal of a request context ends it beside a signal of the caller, also before it is read', async () => {
  const api = await stalling();
  const inbound = new AbortController();
  const { signal } = new AbortController();

  const { data } = await runInContext({ signal: inbound.signal }, async () =>
    clientOf().get<WebStream>(api.url, { ...stream, signal }),
  );
  inbound.abort();

  await expect(data.getReader().read()).rejects.toMatchObject({ name: 'RequestCancelled' });
  await api.closed;
});

test.each([
  [{ timeout: 0.5 }, 'TIMEOUT'],
  [{ timeout: 5, deadline: 0.7 }, 'DEADLINE_EXCEEDED'],
])('a reader waits as long as %j', async (options, code) => {
  const api = await stalling();
  const reader = await beginning(await clientOf(options).get<WebStream>(api.url, stream));

  await expect(reader.read()).rejects.toMatchObject({ code, phase: 'body' });
  await api.closed;
});

test('while nobody reads, no time passes', async () => {
  const api = await service([{ body: 'whole' }]);

  const { data } = await clientOf({ timeout: 0.5 }).get<WebStream>(api.url, stream);
  await new Promise((resolve) => setTimeout(resolve, 520));

  expect(await text(data)).toBe('whole');
});

test('a connection that breaks is a ConnectionError of the reader', async () => {
  const api = await service([
    {
      handle(_, response) {
        response.writeHead(200, { 'Content-Length': '100' }).write('the beginning', () => {
          setImmediate(() => response.destroy());
        });
      },
    },
  ]);
  const reader = await beginning(await clientOf().get<WebStream>(api.url, stream));

  await expect(reader.read()).rejects.toMatchObject({ name: 'ConnectionError' });
});

test('a reader that loses interest frees the socket', async () => {
  const api = await stalling();
  const reader = await beginning(await clientOf().get<WebStream>(api.url, stream));

  await reader.cancel();

  await api.closed;
});

// axios's own core has no limit for interceptors.
testOfLeanCore(
  'the stream of a call of `client.axios` that an interceptor holds up until the deadline is given up',
  async () => {
    const api = await stalling();
    const { axios } = clientOf({ deadline: 0.3 });
    axios.interceptors.response.use(async () => new Promise<never>(() => undefined));

    await expect(axios.get(api.url, stream)).rejects.toMatchObject({ name: 'DeadlineExceeded' });

    await api.closed;
  },
);

test('the unread stream of a failed attempt is given up before the next', async () => {
  const events = new EventEmitter();
  const given = once(events, 'close');
  const api = await service([
    {
      handle(_, response) {
        response
          .once('close', () => events.emit('close'))
          .writeHead(503)
          .write('a'.repeat(300_000));
      },
    },
    {},
  ]);

  const { retries } = await clientOf({ retryAttempts: 1, retry: { base: 0.001 } }).get(api.url, stream);

  expect(retries).toBe(1);
  await given;
});
