import { EventEmitter, once } from 'node:events';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { hop, type Outcome } from '../support/hop';
import { failure } from '../support/outcome';
import { service, type Answer, type Service } from '../support/service';

interface Chain {
  /** The first hop, the second, and the last service. */
  readonly services: [Service, Service, Service];
  /** What the two hops have got. */
  readonly outcomes: [Outcome[], Outcome[]];
}

/** Two services that each call the next, and a last one that answers. */
async function chain(answers: readonly Answer[], options: HTTPClientOptions = {}, isGuarded = true): Promise<Chain> {
  const client = new HTTPClient({ retry: { base: 0.001, factor: 1 }, ...options });
  const last = await service(answers);
  const second = await hop(async () => client.get(last.url), isGuarded);
  const first = await hop(async () => client.get(second.url), isGuarded);
  return { services: [first, second, last], outcomes: [first.outcomes, second.outcomes] };
}

const edge = new HTTPClient({ retry: { base: 0.001, factor: 1 } });

test('one request id and one trace id go from end to end, with the parent id of the last that recorded a span', async () => {
  const { services } = await chain([{}]);
  const [first] = services;
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  await edge.get(first.url, { headers: { 'X-Request-Id': 'edge-1', traceparent, 'X-Tenant': 'north' } });

  const seen = services.map(({ requests }) => requests[0]?.headers ?? {});
  expect(seen.map((headers) => headers['x-request-id'])).toEqual(['edge-1', 'edge-1', 'edge-1']);
  expect(seen.map((headers) => headers['x-tenant'])).toEqual(['north', 'north', 'north']);
  expect(seen.map((headers) => headers['traceparent'])).toEqual([traceparent, traceparent, traceparent]);
});

test('an id that the first hop makes goes to the last', async () => {
  const { services } = await chain([{}]);

  await edge.get(services[0].url);

  const [, second, last] = services.map(({ requests }) => requests[0]?.headers['x-request-id']);
  expect(second).toMatch(/^[\da-f-]{36}$/);
  expect(last).toBe(second);
});

test('each hop has less time than the one before, and nothing works on after the time is over', async () => {
  // With a margin in which the 504 of a hop reaches the one before it on a busy machine too.
  const { services, outcomes } = await chain([{ handle: () => undefined }], {
    retry: {},
    requestContext: { margin: 0.15 },
  });
  const before = performance.now();

  const error = await failure(
    edge.get(services[0].url, { headers: { 'X-Request-Timeout-Ms': '900' }, retryAttempts: 0 }),
  );

  expect(error).toMatchObject({ status: 504 });
  expect(performance.now() - before).toBeLessThan(1500);
  const [, second = 0, last = 0] = services.map(({ requests }) => Number(requests[0]?.headers['x-request-timeout-ms']));
  expect(second).toBeLessThanOrEqual(750);
  expect(last).toBeLessThanOrEqual(second - 150);
  expect(last).toBeGreaterThan(0);
  // The hop that is next to the silence notices it first, and its answer comes in time.
  expect(outcomes[1][0]).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(outcomes[0][0]).toMatchObject({ code: 'DEADLINE_EXCEEDED', cause: { status: 504 } });
  expect(services.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
});

test('when the edge hangs up, the last service sees its connection close', async () => {
  const events = new EventEmitter();
  const { services, outcomes } = await chain([
    {
      handle: (_, response) => {
        response.once('close', () => events.emit('close'));
        events.emit('request');
      },
    },
  ]);
  const controller = new AbortController();
  const arrived = once(events, 'request');
  const call = failure(edge.get(services[0].url, { signal: controller.signal }));
  await arrived;

  const closed = once(events, 'close');
  controller.abort();

  expect(await call).toMatchObject({ code: 'CANCELLED' });
  await closed;
  for (let waited = 0; waited < 200 && outcomes[0].length === 0; waited++) await new Promise(setImmediate);
  expect(outcomes.map(([outcome]) => outcome)).toMatchObject([{ code: 'CANCELLED' }, { code: 'CANCELLED' }]);
});

describe('a last service that is down', () => {
  const down = [{ status: 503 }];

  test('gets 4 requests for one at the edge, where the hop before it says that it has retried', async () => {
    const { services } = await chain(down);

    const error = await failure(edge.get(services[0].url));

    expect(services.map(({ requests }) => requests.length)).toEqual([1, 1, 4]);
    expect(error.attempts).toMatchObject([{ outcome: 502, decision: 'fail', reason: 'should-retry-false' }]);
  });

  test('gets 10, where the hops do not say so, but serve the retries of their callers without their own', async () => {
    const { services, outcomes } = await chain(down, {}, false);

    await failure(edge.get(services[0].url));

    // Each hop adds the three retries of its own to what it is asked.
    expect(services[0].requests.map(({ headers }) => headers['x-request-attempt'])).toEqual([undefined, '2', '3', '4']);
    expect(outcomes[0].slice(1).map(reasonOf)).toEqual(['serving-a-retry', 'serving-a-retry', 'serving-a-retry']);
    expect(services.map(({ requests }) => requests.length)).toEqual([4, 7, 10]);
  });

  test('gets 64 without the guard and without a retry budget', async () => {
    const retry = { base: 0.001, factor: 1, budget: false } as const;
    const { services } = await chain(down, { requestContext: false, retry }, false);

    await failure(edge.get(services[0].url));

    expect(services.map(({ requests }) => requests.length)).toEqual([4, 16, 64]);
  });
});

function reasonOf(outcome: Outcome): string | undefined {
  return 'attempts' in outcome ? outcome.attempts.at(-1)?.reason : undefined;
}
