import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { publishBreaker, publishBudget, publishToken } from '../../src/events/publish';
import type { BreakerState } from '../../src/events/messages';
import { undici } from '../../src/transports/undici';
import { collectMetrics } from '../support/collected-metrics';
import { held } from '../support/held';
import { service } from '../support/service';

const USERS = { 'server.address': 'users', 'server.port': 8000 };

afterEach(() => {
  jest.restoreAllMocks();
});

function breaker(origin: string, to: BreakerState, client?: string): void {
  const facts = { origin, from: 'closed', to, reason: 'failures', client, clientId: client === 'b' ? 2 : 1 } as const;
  publishBreaker(facts);
}

function budget(origin: string, left: number): void {
  publishBudget({ origin, left, clientId: 1, kind: 'retry', price: 1, refused: false });
}

test('a token expires, and is at 0 from then on', async () => {
  const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
  const collected = collectMetrics();
  publishToken({ source: 'tokenService', event: 'fetched', elapsed: 0.1, expiresIn: 300 });
  const shown = async (): Promise<unknown> => (await collected.points('hdms.client.token.expires_in'))[0];

  expect(await shown()).toEqual({ attributes: { 'hdms.token.source': 'tokenService' }, value: 300 });
  clock.mockReturnValue(241_000);
  expect(await shown()).toMatchObject({ value: 60 });
  clock.mockReturnValue(400_000);
  expect(await shown()).toMatchObject({ value: 0 });
});

test('a request for a token counts, with its failure', async () => {
  const collected = collectMetrics();
  publishToken({ source: 'tokenService', event: 'fetched', elapsed: 0.1, expiresIn: 300 });
  publishToken({ source: 'tokenService', event: 'renewed', elapsed: 0.2, expiresIn: 300 });
  publishToken({ source: 'tokenService', event: 'failed', elapsed: 1, error: { code: 'TIMEOUT' } as never });
  publishToken({ source: 'tokenService', event: 'refused' });
  publishToken({ source: 'VaultOf4711' as 'custom', event: 'fetched' });

  const service = { 'hdms.token.source': 'tokenService' };
  expect(await collected.points('hdms.client.token.requests')).toEqual([
    { attributes: service, value: 2 },
    { attributes: { ...service, 'error.type': 'TIMEOUT' }, value: 1 },
    { attributes: { 'hdms.token.source': '_OTHER' }, value: 1 },
  ]);
  expect(await collected.points('hdms.client.token.duration')).toMatchObject([
    { attributes: service, value: 2 },
    { attributes: { ...service, 'error.type': 'TIMEOUT' }, value: 1 },
  ]);
});

test.each<[BreakerState, number]>([
  ['closed', 0],
  ['half-open', 1],
  ['open', 2],
])('a breaker that is %s is %i', async (state, value) => {
  const collected = collectMetrics();
  breaker('http://users:8000', 'open');

  breaker('http://users:8000', state);

  expect(await collected.points('hdms.client.breaker.state')).toEqual([{ attributes: USERS, value }]);
});

test('of several partitions, the worst counts, and none is named', async () => {
  const collected = collectMetrics();
  breaker('http://users:8000 customer-1', 'open');
  breaker('http://users:8000 customer-2', 'closed');
  budget('http://users:8000 customer-1', 8);
  budget('http://users:8000 customer-2', 3);

  expect(await collected.points('hdms.client.breaker.state')).toEqual([{ attributes: USERS, value: 2 }]);
  expect(await collected.points('hdms.client.budget.left')).toEqual([{ attributes: USERS, value: 3 }]);
  expect(JSON.stringify(await collected.all())).not.toContain('customer');
});

test('the breakers of two clients are two series', async () => {
  const collected = collectMetrics();
  breaker('https://users', 'open', 'a');
  breaker('https://users', 'closed', 'b');

  const server = { 'server.address': 'users', 'server.port': 443 };
  expect(await collected.points('hdms.client.breaker.state')).toEqual([
    { attributes: { ...server, 'hdms.client.name': 'a' }, value: 2 },
    { attributes: { ...server, 'hdms.client.name': 'b' }, value: 0 },
  ]);
});

const TRANSPORTS: [string, () => HTTPClientOptions][] = [
  ['http', () => ({ transport: 'http' })],
  ['undici', () => ({ transport: undici() })],
];

test.each(TRANSPORTS)('over %s, open connections are active or idle, and 0 once closed', async (_, options) => {
  const collected = collectMetrics();
  const response = held();
  const { url } = await service([response]);
  const port = Number(new URL(url).port);
  const shown = async (): Promise<Record<string, number>> => {
    const points = await collected.points('http.client.open_connections');
    const those = points.filter(({ attributes }) => attributes['server.port'] === port);
    return Object.fromEntries(
      those.map(({ attributes, value }) => [String(attributes['http.connection.state']), value]),
    );
  };
  const client = new HTTPClient(options());

  const call = client.get(url);
  await response.arrived;
  expect(await shown()).toEqual({ active: 1, idle: 0 });
  response.reply();
  await call;
  while ((await shown())['idle'] === 0) await new Promise(setImmediate);
  expect(await shown()).toEqual({ active: 0, idle: 1 });
  client.close();
  while ((await shown())['idle'] === 1) await new Promise(setImmediate);
  expect(await shown()).toEqual({ active: 0, idle: 0 });
});
