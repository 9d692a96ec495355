import { AggregationTemporality, DataPointType, type InstrumentType } from '@opentelemetry/sdk-metrics';
import { METRIC_HTTP_CLIENT_REQUEST_DURATION } from '@opentelemetry/semantic-conventions';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { recordAll } from '../support/all-metrics';

const { HISTOGRAM, COUNTER, OBSERVABLE_GAUGE, OBSERVABLE_UP_DOWN_COUNTER } = {
  HISTOGRAM: 'HISTOGRAM',
  COUNTER: 'COUNTER',
  OBSERVABLE_GAUGE: 'OBSERVABLE_GAUGE',
  OBSERVABLE_UP_DOWN_COUNTER: 'OBSERVABLE_UP_DOWN_COUNTER',
} as const satisfies Record<string, keyof typeof InstrumentType>;

const COMMON = ['http.request.method', 'server.address', 'server.port', 'hdms.client.name'];

/** The table of the docs: name, kind, unit, and attributes. */
const METRICS: [string, string, string, string[]][] = [
  [
    'http.client.request.duration',
    HISTOGRAM,
    's',
    [...COMMON, 'http.response.status_code', 'error.type', 'network.protocol.version'],
  ],
  ['hdms.client.call.duration', HISTOGRAM, 's', [...COMMON, 'error.type']],
  ['hdms.client.resends', COUNTER, '{request}', [...COMMON, 'hdms.resend.kind', 'hdms.resend.reason']],
  ['hdms.client.retry.delay', HISTOGRAM, 's', [...COMMON, 'hdms.resend.reason']],
  ['hdms.client.refusals', COUNTER, '{call}', [...COMMON, 'hdms.refusal.reason']],
  ['hdms.client.deadline.remaining', HISTOGRAM, 's', COMMON],
  ['hdms.client.token.requests', COUNTER, '{request}', ['hdms.token.source', 'error.type']],
  ['hdms.client.token.duration', HISTOGRAM, 's', ['hdms.token.source', 'error.type']],
  ['hdms.client.token.expires_in', OBSERVABLE_GAUGE, 's', ['hdms.token.source']],
  ['hdms.client.breaker.state', OBSERVABLE_GAUGE, '{state}', ['server.address', 'server.port', 'hdms.client.name']],
  ['hdms.client.budget.left', OBSERVABLE_GAUGE, '{token}', ['server.address', 'server.port', 'hdms.client.name']],
  [
    'http.client.open_connections',
    OBSERVABLE_UP_DOWN_COUNTER,
    '{connection}',
    ['http.connection.state', 'server.address', 'server.port'],
  ],
];

test('the metrics are those of the table, with their kinds, units and attributes', async () => {
  const all = await recordAll();

  const table = all.map(({ descriptor: { name, unit }, descriptor, dataPoints }) => [
    name,
    (descriptor as unknown as { readonly type: string }).type,
    unit,
    dataPoints.flatMap(({ attributes }) => Object.keys(attributes)),
  ]);
  expect(table.map(([name]) => name).sort()).toEqual(METRICS.map(([name]) => name).sort());
  for (const [name, kind, unit, attributes] of METRICS) {
    const [, ...found] = table.find(([one]) => one === name) ?? [];
    expect([name, ...found.slice(0, 2)]).toEqual([name, kind, unit]);
    // Attributes that loopback calls do not have may be absent; others must not be there.
    expect(attributes).toEqual(expect.arrayContaining(found[2] as string[]));
  }
});

test('names of the semantic conventions are theirs', () => {
  const names: readonly unknown[] = Object.values(conventions);
  const attributes = new Set(METRICS.flatMap(([, , , list]) => list).filter((name) => !name.startsWith('hdms.')));
  const metrics = METRICS.map(([name]) => name).filter((name) => !name.startsWith('hdms.'));

  expect(metrics).toContain(METRIC_HTTP_CLIENT_REQUEST_DURATION);
  expect(names).toEqual(expect.arrayContaining([...metrics, ...attributes]));
});

test('the standard histogram has the 14 standard buckets', async () => {
  const all = await recordAll();

  const data = all.find(({ descriptor }) => descriptor.name === METRIC_HTTP_CLIENT_REQUEST_DURATION);
  expect(data).toMatchObject({
    dataPointType: DataPointType.HISTOGRAM,
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  });
  const [point] = data?.dataPoints ?? [];
  expect(point?.value).toMatchObject({
    buckets: { boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
  });
});
