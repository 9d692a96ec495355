import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import { setImmediate as turn } from 'node:timers/promises';
import { HTTPClient, observe, type RequestStart } from '../../src/index';
import { anotherCopy } from '../support/another-copy';
import { EventLog } from '../support/event-log';
import { held } from '../support/held';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

const FAST = { retry: { base: 0.001 } };
const EVERYWHERE = [...WAYS, ["axios's fetch adapter", { adapter: 'fetch' }] as const] as const;

describe.each(EVERYWHERE)('over %s', (_, way) => {
  test('a subscriber that arrives in the middle of a call sees the rest of it', async () => {
    const late = held();
    const api = await service([{ status: 503 }, late, { status: 503 }, {}]);
    const call = new HTTPClient(FAST).get(api.url, way);
    await late.arrived;
    const log = new EventLog();

    late.reply('', 503);
    await call;

    const lines = log.entries.map(({ kind, attempt, request }) => {
      return [kind, request?.resendCount ?? attempt?.number].filter((part) => part !== undefined).join(' ');
    });
    expect(lines).toEqual([
      ...['callStart', 'attemptEnd 2'],
      ...['attemptStart 3', 'requestStart 2', 'requestHeaders 2', 'requestEnd 2', 'attemptEnd 3'],
      ...['attemptStart 4', 'requestStart 3', 'requestHeaders 3', 'requestEnd 3', 'attemptEnd 4', 'callEnd'],
    ]);
    expect(log.calls).toHaveLength(1);
  });

  test('one that leaves in the middle of a call disturbs nothing', async () => {
    const late = held();
    const api = await service([late, {}]);
    const log = new EventLog();
    const call = new HTTPClient(FAST).get(api.url, way);
    await late.arrived;
    log.stop();
    late.reply('', 503);

    expect((await call).status).toBe(200);
    expect(log.entries.map(({ kind }) => kind)).toEqual(['callStart', 'attemptStart', 'requestStart']);
  });

  test('a subscriber of one message alone gets it', async () => {
    const api = await service([{ status: 503 }, {}]);
    const kinds = [
      'callStart',
      'attemptStart',
      'requestStart',
      'requestHeaders',
      'requestEnd',
      'attemptEnd',
      'callEnd',
    ];
    for (const kind of kinds) {
      let count = 0;
      const stop = observe({ [kind]: () => count++ });
      await new HTTPClient(FAST).get(api.url, way);
      stop();
      expect([kind, count > 0]).toEqual([kind, true]);
    }
    let origin: string | undefined;
    const stop = observe({ attemptEnd: ({ attempt }) => void (origin = attempt.origin) });
    await new HTTPClient(FAST).get(api.url, way);
    stop();
    expect(origin).toBe(api.url);
  });

  test('messages come in the async context of their call', async () => {
    const api = await service([{ status: 302, headers: { location: '/b' } }, { body: 'x' }, { body: 'x' }]);
    const users = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const note = (): void => void seen.push(users.getStore());
    const stop = observe({
      callStart: note,
      requestStart: note,
      requestHeaders: note,
      requestEnd: note,
      callEnd: note,
    });
    const client = new HTTPClient();

    for (const user of ['ada', 'bob']) {
      const before = seen.length;
      await users.run(user, () => client.get(api.url, way));
      await turn();
      expect(new Set(seen.slice(before))).toEqual(new Set([user]));
    }
    stop();
  });

  test('a header that a subscriber sets goes out with its request alone', async () => {
    const api = await service([{ status: 503 }, {}]);
    let view: RequestStart['request'] | undefined;
    const stop = observe({
      requestStart: ({ request }) => {
        request.setHeader('traceparent', `span-${request.resendCount}`);
        if (request.resendCount === 0) request.setHeader('X-Once', 'yes');
        view = request;
      },
    });

    const { config } = await new HTTPClient(FAST).get(api.url, way);
    view?.setHeader('X-Late', 'no');
    stop();

    expect(api.requests.map(({ headers }) => [headers['traceparent'], headers['x-once']])).toEqual([
      ['span-0', 'yes'],
      ['span-1', undefined],
    ]);
    expect(config.headers).not.toHaveProperty('traceparent');
    expect(view?.headers).not.toHaveProperty('X-Late');
  });

  test('a request is sent in the stores that are bound to its start', async () => {
    const api = await service();
    const store = new AsyncLocalStorage<number>();
    const sent = new AsyncLocalStorage<number>();
    const start = channel('@hdms/http-client:request:start');
    start.bindStore(store, (message) => (message as RequestStart).request.port);
    const adapter = way.adapter ?? undefined;
    let inside: number | undefined;
    const onStart = observe({ requestStart: () => void (inside = store.getStore()) });

    await new HTTPClient().get(api.url, { ...way, ...(adapter && { adapter }) });
    start.unbindStore(store);
    onStart();

    expect(inside).toBe(api.port);
    expect(sent.getStore()).toBeUndefined();
  });
});

test('a header of a subscriber does not go on to the request after a redirect', async () => {
  const other = await service();
  const api = await service([{ status: 302, headers: { location: other.url } }]);
  const stop = observe({ requestStart: ({ request }) => {
    if (request.resendCount === 0) request.setHeader('X-Once', 'yes');
  } }); // prettier-ignore

  await new HTTPClient().get(api.url);
  stop();

  expect([api, other].map(({ requests }) => requests[0]?.headers['x-once'])).toEqual(['yes', undefined]);
});

test('two copies of the package publish on the same channels, and number their clients together', async () => {
  const api = await service();
  const copies = [0, 1].map(() => new (anotherCopy().HTTPClient)({ name: 'copy' }));
  const log = new EventLog();

  for (const client of copies) await client.get(api.url);

  expect(log.stories.map((story) => story.at(-1))).toEqual(['call end 200', 'call end 200']);
  const ids = log.calls.map(({ clientId }) => clientId);
  expect(new Set(ids).size).toBe(2);
  expect(log.calls.map(({ client }) => client)).toEqual(['copy', 'copy']);
});
