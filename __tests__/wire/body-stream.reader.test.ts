import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { AxiosAdapter } from 'axios';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { service, type Answer, type Service } from '../support/service';

const ZIPPED = gzipSync('first second');

interface Way {
  readonly options: RequestOptions;
  readonly first: string | Buffer;
  readonly rest: string | Buffer;
  readonly headers: Record<string, string>;
}

/** What carries the stream; the option is one that only axios's own adapter has. */
const WAYS: Record<string, Way> = {
  'the http transport': { options: {}, first: 'first', rest: ' second', headers: {} },
  'the http transport, decoded': {
    options: {},
    first: ZIPPED.subarray(0, 12),
    rest: ZIPPED.subarray(12),
    headers: { 'content-encoding': 'gzip' },
  },
  "axios's adapter": { options: { onDownloadProgress: () => undefined }, first: 'first', rest: ' second', headers: {} },
};

/** Sends the beginning of a body, and does `then` to the rest. */
function beginning(
  { first, headers }: Way,
  then: (end: (body?: string | Buffer) => void, reset: () => void) => void,
): Answer {
  return {
    handle(_, response) {
      response.writeHead(200, headers);
      response.write(first);
      then(
        (body) => response.end(body),
        () => response.destroy(),
      );
    },
  };
}

async function noConnections(api: Service): Promise<number> {
  for (let turn = 0; turn < 50 && (await api.connections()) > 0; turn++) await delay(5);
  return api.connections();
}

describe.each(Object.entries(WAYS))('over %s, a stream that nobody reads yet', (_, way) => {
  const options: RequestOptions = { ...way.options, responseType: 'stream' };
  const stalls = beginning(way, () => undefined);

  test('is reset: a late reader is told', async () => {
    const api = await service([beginning(way, (_end, reset) => setTimeout(reset, 20))]);

    const { data } = await new HTTPClient({ timeout: 1 }).get<Readable>(api.url, options);
    await delay(60);

    await expect(text(data)).rejects.toMatchObject({ name: 'ConnectionError', code: 'BODY_TRUNCATED' });
  });

  test('is reset: whoever never reads it is not brought down', async () => {
    const api = await service([beginning(way, (_end, reset) => setTimeout(reset, 20))]);

    const response = await new HTTPClient({ timeout: 1 }).get<Readable>(api.url, options);
    await delay(60);

    expect(response.status).toBe(200);
    expect(await noConnections(api)).toBe(0);
  });

  test('is cancelled: a late reader is told', async () => {
    const api = await service([stalls]);
    const caller = new AbortController();

    const { data } = await new HTTPClient().get<Readable>(api.url, { ...options, signal: caller.signal });
    caller.abort();
    await delay(20);

    await expect(text(data)).rejects.toMatchObject({ name: 'RequestCancelled', code: 'CANCELLED' });
    expect(await noConnections(api)).toBe(0);
  });

  test('stalls: its clock begins with its reader', async () => {
    const api = await service([stalls]);

    const { data } = await new HTTPClient({ timeout: 0.2 }).get<Readable>(api.url, options);
    await delay(350);
    expect(data.destroyed).toBe(false);

    await expect(text(data)).rejects.toMatchObject({ name: 'Timeout', code: 'TIMEOUT', phase: 'body' });
  });
});

describe.each(Object.entries(WAYS))('over %s', (_, way) => {
  test('a reader that comes later than the timeout reads all of the stream', async () => {
    const api = await service([beginning(way, (end) => setTimeout(end, 350, way.rest))]);

    const options: RequestOptions = { ...way.options, responseType: 'stream' };
    const { data } = await new HTTPClient({ timeout: 0.2 }).get<Readable>(api.url, options);
    await delay(300);

    expect(await text(data)).toBe('first second');
  });
});

describe.each(Object.entries(WAYS))('over %s, the clock of a stream', (_, way) => {
  const options: RequestOptions = { ...way.options, responseType: 'stream' };
  const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

  test('does not start where a reader comes after its end', async () => {
    const api = await service([beginning(way, () => undefined)]);
    const caller = new AbortController();
    const { data } = await new HTTPClient({ timeout: 60 }).get<Readable>(api.url, {
      ...options,
      signal: caller.signal,
    });
    caller.abort();
    await noConnections(api);
    const before = timers();

    await expect(text(data)).rejects.toMatchObject({ code: 'CANCELLED' });

    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('stops when all of the stream is here, however long its reader takes over it', async () => {
    const api = await service([beginning(way, (end) => setTimeout(end, 20, way.rest))]);
    const { data } = await new HTTPClient({ timeout: 0.2 }).get<Readable>(api.url, options);
    let read = '';

    for await (const chunk of data as AsyncIterable<Buffer>) {
      read += chunk.toString();
      await delay(350);
    }

    expect(read).toBe('first second');
  });
});

describe('a stream that its caller never sees', () => {
  test.each(Object.entries(WAYS))('over %s frees its socket where an interceptor throws', async (_, way) => {
    const api = await service([beginning(way, () => undefined)]);
    const client = new HTTPClient();
    client.axios.interceptors.response.use(() => {
      throw new Error('not this one');
    });

    const calls = Array.from({ length: 3 }, async () =>
      client.get(api.url, { ...way.options, responseType: 'stream' }),
    );

    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await noConnections(api)).toBe(0);
  });
});

test('a stream that the caller could cancel is read to its end through an adapter around ours', async () => {
  const api = await service([{ body: 'whole' }]);
  const { axios: http } = new HTTPClient();
  const own = http.defaults.adapter as AxiosAdapter;
  http.defaults.adapter = async (config) => own(config);

  const { signal } = new AbortController();
  const { data } = await http.get<Readable>(api.url, { responseType: 'stream', signal });

  expect(await text(data)).toBe('whole');
});
