import { HTTPClient, OriginStates } from '../../src/index';
import { failure } from '../support/outcome';
import { observed } from '../support/observed';
import { ENTRANCES, watched } from '../support/origin-scene';
import { service, type Answer, type Service } from '../support/service';

const DOWN: Answer = { status: 500 };
const OPENED = { from: 'closed', to: 'open', reason: 'failures' };
const PROBED = { from: 'open', to: 'half-open', reason: 'probe-due' };

const circuitBreaker = { minimumCalls: 2, openFor: 60, probes: 1 };

const realNow = performance.now.bind(performance);

afterEach(() => {
  jest.restoreAllMocks();
});

/** More than a minute later, whatever the random part. */
function untilProbe(): void {
  const later = performance.now() + 70_000 - realNow();
  jest.spyOn(performance, 'now').mockImplementation(() => realNow() + later);
}

/** A client whose circuit has opened, because of two failures. */
async function opened(answers: readonly Answer[], options = {}): Promise<{ client: HTTPClient; api: Service }> {
  const api = await service([DOWN, DOWN, ...answers]);
  const { client } = watched({ name: 'users', circuitBreaker: { ...circuitBreaker, ...options } });
  for (let call = 0; call < 2; call++) await failure(client.get(api.url));
  return { client, api };
}

test.each(ENTRANCES)('a circuit that opens, is probed and closes is published: %s', async (_, send) => {
  const events = observed('breaker');
  const { client, api } = await opened([{ status: 200 }]);
  untilProbe();

  await send(client, api.url);

  const whose = { origin: api.url, client: 'users', clientId: client.id };
  expect(events).toEqual([
    { ...whose, ...OPENED },
    { ...whose, ...PROBED },
    { ...whose, from: 'half-open', to: 'closed', reason: 'probes-succeeded' },
  ]);
});

test('a probe that fails opens it again', async () => {
  const events = observed('breaker');
  const { client, api } = await opened([DOWN]);
  untilProbe();

  await failure(client.get(api.url));

  expect(events).toMatchObject([OPENED, PROBED, { from: 'half-open', to: 'open', reason: 'probe-failed' }]);
});

test('it becomes half-open with the first of its probes, and closes with the last', async () => {
  const events = observed('breaker');
  const { client, api } = await opened([{ status: 200 }], { probes: 2 });
  untilProbe();

  await client.get(api.url);
  expect(events.slice(1)).toMatchObject([PROBED]);
  await client.get(api.url);

  expect(events.slice(2)).toMatchObject([{ to: 'closed' }]);
});

test('a probe that says nothing changes nothing, and another is part of the same state', async () => {
  const events = observed('breaker');
  const { client, api } = await opened([{ handle: () => undefined }, { status: 200 }]);
  untilProbe();
  const controller = new AbortController();
  const cancelled = failure(client.get(api.url, { signal: controller.signal }));
  while (api.requests.length < 3) await new Promise(setImmediate);
  controller.abort();
  await cancelled;
  expect(events).toMatchObject([OPENED, PROBED]);

  await client.get(api.url);

  expect(events.slice(2)).toMatchObject([{ from: 'half-open', to: 'closed' }]);
});

test('a call that is refused, or that heeds no circuit, publishes nothing', async () => {
  const { client, api } = await opened([{ status: 200 }]);
  const events = observed('breaker');

  await failure(client.get(api.url));
  await client.get(api.url, { circuitBreaker: false });

  expect(events).toEqual([]);
});

test('clients that share origins share their circuits: the message names the one whose call changed it', async () => {
  const events = observed('breaker');
  const api = await service([DOWN, DOWN, { status: 200 }]);
  const origins = new OriginStates();
  const [first, second] = ['first', 'second'].map(
    (name) => new HTTPClient({ name, origins, circuitBreaker, retryAttempts: 0, partition: () => 'tenant' }),
  ) as [HTTPClient, HTTPClient];
  for (let call = 0; call < 2; call++) await failure(first.get(api.url));
  untilProbe();

  await second.get(api.url);

  expect(events.map(({ client, to }) => [client, to])).toEqual([
    ['first', 'open'],
    ['second', 'half-open'],
    ['second', 'closed'],
  ]);
  expect(new Set(events.map(({ origin }) => origin))).toEqual(new Set([`${api.url} tenant`]));
});
