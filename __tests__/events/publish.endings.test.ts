import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import MockAdapter from 'axios-mock-adapter';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { EventLog } from '../support/event-log';
import { held } from '../support/held';
import { ENTRANCES } from '../support/origin-scene';
import { service } from '../support/service';
import { silentService } from '../support/silent-service';
import { WAYS } from '../support/ways';

describe.each(ENTRANCES)('%s ends by', (_, send) => {
  const ended = async (client: HTTPClient, url: string, options?: RequestOptions): Promise<readonly string[]> => {
    const log = new EventLog();
    await send(client, url, options).catch(() => undefined);
    return log.story;
  };

  test('a timeout', async () => {
    const { api } = await silentService();

    expect(await ended(new HTTPClient({ timeout: 0.02, retryAttempts: 0 }), api.url)).toEqual([
      ...['call', 'attempt 1', 'request 0', 'request end TIMEOUT', 'attempt end TIMEOUT fail retries-disabled'],
      'call end TIMEOUT',
    ]);
  });

  test('its deadline, in an attempt and in a wait', async () => {
    const { api } = await silentService();
    const busy = await service([{ status: 503, headers: { 'retry-after': '1' } }]);

    await ended(new HTTPClient({ retryAttempts: 0 }), busy.url);
    expect(await ended(new HTTPClient(), api.url, { deadline: 0.5 })).toEqual([
      ...['call', 'attempt 1', 'request 0', 'request end DEADLINE_EXCEEDED'],
      ...['attempt end DEADLINE_EXCEEDED fail not-retryable', 'call end DEADLINE_EXCEEDED'],
    ]);
    expect(await ended(new HTTPClient(), busy.url, { deadline: 0.5 })).toEqual([
      ...['call', 'attempt 1', 'request 0', 'headers 503', 'request end 503', 'attempt end 503 fail deadline'],
      'call end DEADLINE_EXCEEDED',
    ]);
  });

  test('its caller, before, in flight and in a wait', async () => {
    const { api, events } = await silentService();
    const busy = await service([{ status: 503 }]);
    const [flight, wait] = [new AbortController(), new AbortController()];
    void once(events, 'request').then(() => {
      flight.abort();
    });
    const slow = new HTTPClient({
      retry: {
        base: 60,
        onRetry: () => {
          setImmediate(() => {
            wait.abort();
          });
        },
      },
    });

    expect(await ended(new HTTPClient(), api.url, { signal: AbortSignal.abort() })).toEqual([
      'call',
      'call end CANCELLED',
    ]);
    expect(await ended(new HTTPClient(), api.url, { signal: flight.signal })).toEqual([
      ...['call', 'attempt 1', 'request 0', 'request end CANCELLED', 'attempt end CANCELLED fail cancelled'],
      'call end CANCELLED',
    ]);
    expect(await ended(slow, busy.url, { signal: wait.signal })).toEqual([
      ...['call', 'attempt 1', 'request 0', 'headers 503', 'request end 503', 'attempt end 503 retry SERVER_ERROR'],
      'call end CANCELLED',
    ]);
  });

  test.each<[string, HTTPClient, string]>([
    ['TOKEN_UNAVAILABLE', new HTTPClient({ token: () => Promise.reject(new Error('down')) }), 'http://a.test/'],
    ['INVALID_URL', new HTTPClient(), 'nonsense'],
  ])('%s, before it is sent', async (code, client, url) => {
    const log = new EventLog();

    await send(client, url).catch(() => undefined);

    expect(log.story).toEqual(['call', `call end ${code}`]);
    expect(log.end.call.clientId).toBe(client.id);
  });

  test('an open circuit, and a full queue', async () => {
    const api = await service([{ status: 503 }]);
    const slow = held();
    const busy = await service([slow]);
    const broken = new HTTPClient({ retryAttempts: 0, circuitBreaker: { minimumCalls: 1 } });
    const crowded = new HTTPClient({ concurrency: { limit: 1, queue: 0 } });
    await send(broken, api.url).catch(() => undefined);
    const running = send(crowded, busy.url);
    await slow.arrived;

    expect(await ended(broken, api.url)).toEqual(['call', 'call end CIRCUIT_OPEN']);
    expect(await ended(crowded, busy.url)).toEqual(['call', 'call end QUEUE_FULL']);

    slow.reply();
    await running;
  });

  test('the faster of two attempts, whichever it is', async () => {
    const [slow, first, late] = [held(), held(), held()];
    const api = await service([slow, {}, first, late]);
    const client = new HTTPClient({ hedging: { delay: 0.005 } });
    void late.arrived.then(() => {
      first.reply();
    });

    const byHedge = await ended(client, api.url);
    const byFirst = await ended(client, api.url);

    expect(byHedge).toEqual([
      ...[
        'call',
        'attempt 1',
        'request 0',
        'attempt 2 hedge',
        'request 1 hedge slow',
        'headers 200',
        'request end 200',
      ],
      ...['attempt end 200 done', 'request end CANCELLED', 'attempt end lost', 'call end 200'],
    ]);
    expect(byFirst).toEqual(byHedge);
  });

  test('a third attempt, after two at once that failed', async () => {
    const [slow, hedge] = [held(), held()];
    const api = await service([slow, hedge, {}]);
    void hedge.arrived.then(() => {
      hedge.reply('', 503);
    });
    void hedge.left.then(() => {
      slow.reply('', 503);
    });

    const story = await ended(new HTTPClient({ retry: { base: 0.001 }, hedging: { delay: 0.005 } }), api.url);

    expect(story.filter((line) => line.startsWith('attempt')).slice(0, 5)).toEqual([
      ...['attempt 1', 'attempt 2 hedge', 'attempt end 503', 'attempt end 503 retry SERVER_ERROR', 'attempt 3'],
    ]);
  });
});

describe.each([...WAYS, ["axios's fetch adapter", { adapter: 'fetch' }] as const])('a stream over %s', (_, way) => {
  const stream = async (options: RequestOptions = {}): Promise<Readable> => {
    const api = await service([{ body: 'x'.repeat(3_000_000) }]);
    const { data } = await new HTTPClient().get<Readable>(api.url, { ...way, ...options, responseType: 'stream' });
    return data;
  };

  const lastLines = async (log: EventLog): Promise<readonly string[]> => {
    while (log.entries.at(-1)?.kind !== 'requestEnd') await turn();
    return log.story.slice(-3);
  };

  const READ = ['attempt end 200 done', 'call end 200', 'request end 200'];

  test('its request ends when it is read', async () => {
    const log = new EventLog();
    const data = await stream();
    expect(log.entries.at(-1)?.kind).toBe('callEnd');

    await text(data);

    expect(await lastLines(log)).toEqual(READ);
  });

  test('its request ends without an error when the reader gives up', async () => {
    const log = new EventLog();
    const data: Readable | ReadableStream = await stream();

    if ('destroy' in data) data.destroy();
    else await (data as ReadableStream).cancel();

    expect(await lastLines(log)).toEqual(READ);
  });

  test('its request ends with an error when the call is cancelled', async () => {
    const controller = new AbortController();
    const log = new EventLog();
    const data = await stream({ signal: controller.signal });

    controller.abort();

    await expect(text(data)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await lastLines(log)).toEqual([...READ.slice(0, 2), 'request end 200 CANCELLED']);
  });
});

test('an adapter of others, such as that of axios-mock-adapter, is one request', async () => {
  const client = new HTTPClient({ retry: { base: 0.001 } });
  new MockAdapter(client.axios as never).onGet().replyOnce(503).onGet().reply(200, {});
  const log = new EventLog();

  await client.get('http://a.test/');

  expect(log.story).toEqual([
    ...['call', 'attempt 1', 'request 0', 'headers 503', 'request end 503', 'attempt end 503 retry SERVER_ERROR'],
    ...['attempt 2', 'request 1 retry SERVER_ERROR', 'headers 200', 'request end 200', 'attempt end 200 done'],
    'call end 200',
  ]);
  expect(log.entries.find(({ request }) => request)?.request?.transport).toBe('adapter');
});

test('a body that cannot be serialised is a call that was not sent', async () => {
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const log = new EventLog();

  await new HTTPClient().post('http://a.test/', { json: cyclic }).catch(() => undefined);

  expect(log.story).toEqual(['call', 'call end INVALID_BODY']);
});

test('a call with a wrong argument is none', async () => {
  const log = new EventLog();

  await expect(new HTTPClient().get('http://a.test/', { timeout: -1 })).rejects.toThrow(RangeError);

  expect(log.entries).toEqual([]);
});
