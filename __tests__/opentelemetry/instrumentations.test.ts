import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http from 'node:http';
import https from 'node:https';
import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { Instrumentations } from '../../src/opentelemetry/instrumentations';
import { undici } from '../../src/transports/undici';
import { collectMetrics, type Collected } from '../support/collected-metrics';
import { instrumentHTTP, instrumentUndici } from '../support/instrumented';
import { service } from '../support/service';

const DURATION = 'http.client.request.duration';

/** Requests in the metric, whoever recorded it. */
async function recorded(collected: Collected): Promise<number> {
  const all = (await collected.all()).filter(({ descriptor }) => descriptor.name === DURATION);
  const points = all.flatMap(({ dataPoints }) => dataPoints.map(({ value }) => value as { readonly count: number }));
  return points.reduce((sum, { count }) => sum + count, 0);
}

async function call(url: string, options: HTTPClientOptions): Promise<void> {
  const client = new HTTPClient({ retry: { base: 0.001 }, ...options });
  await client.get(url);
  client.close();
  // The instrumentation of undici records a microtask after the response.
  await new Promise(setImmediate);
}

const CARRIERS: [string, () => HTTPClientOptions][] = [
  ['http', () => ({})],
  ['undici', () => ({ transport: undici() })],
  ["axios's adapter", () => ({ onDownloadProgress: () => undefined })],
];

const INSTRUMENTATIONS: [string, (() => unknown)[]][] = [
  ['no instrumentation', []],
  ['that of http', [instrumentHTTP]],
  ['that of undici', [instrumentUndici]],
  ['both', [instrumentHTTP, instrumentUndici]],
];

const CASES = CARRIERS.flatMap(([carrier, options]) =>
  INSTRUMENTATIONS.map(([name, load]) => [carrier, name, options, load] as const),
);

test.each(CASES)('over %s beside %s, each request is recorded once', async (_carrier, _name, options, load) => {
  const collected = collectMetrics();
  for (const one of load) one();
  const api = await service([{ status: 503 }, { status: 200 }]);

  await call(api.url, options());

  expect(await recorded(collected)).toBe(2);
});

test.each<[string, (() => unknown)[], number]>([
  ['no instrumentation', [], 2],
  ['that of undici', [instrumentUndici], 2],
  // Nothing tells that it does not send with `http.request`.
  ['that of http', [instrumentHTTP], 0],
])('of an adapter of others beside %s, no request is recorded twice', async (_, load, count) => {
  const collected = collectMetrics();
  for (const one of load) one();
  const api = await service([{ status: 503 }, { status: 200 }]);

  await call(api.url, { adapter: 'fetch' });

  expect(await recorded(collected)).toBe(count);
});

test.each<[string, () => () => void, () => HTTPClientOptions]>([
  ['http', instrumentHTTP, () => ({})],
  ['undici', instrumentUndici, () => ({ transport: undici() })],
])('an instrumentation of %s may come later, and go', async (_, load, options) => {
  const collected = collectMetrics();
  const api = await service();
  const client = new HTTPClient(options());

  await client.get(api.url);
  const unload = load();
  await client.get(api.url);
  unload();
  await client.get(api.url);
  client.close();

  expect(await recorded(collected)).toBe(3);
});

/** Replaces a property until `work` has ended. */
function replaced<T extends object>(target: T, name: keyof T, value: unknown, work: () => void): void {
  const original = target[name];
  Object.assign(target, { [name]: value });
  try {
    work();
  } finally {
    Object.assign(target, { [name]: original });
  }
}

const original = http.request;
test('what an APM agent wraps around http.request is no instrumentation', () => {
  const wrapped = Object.assign((...given: Parameters<typeof original>) => original(...given), {
    __original: original,
    __wrapped: true,
  });

  replaced(http, 'request', wrapped, () => {
    expect(new Instrumentations().record('http', 'http', undefined)).toBe(false);
  });
});

test('an instrumentation below an APM agent is found', () => {
  instrumentHTTP();
  const inner = http.request;
  const wrapped = Object.assign((...given: Parameters<typeof inner>) => inner(...given), { __original: inner });

  replaced(http, 'request', wrapped, () => {
    expect(new Instrumentations().record('http', 'http', undefined)).toBe(true);
  });
});

test('an https request is one of https.request', () => {
  instrumentHTTP();
  const instrumentations = new Instrumentations();
  expect(instrumentations.record('http', 'https', undefined)).toBe(true);

  const { __original: plain } = https.request as { readonly __original?: unknown };
  replaced(https, 'request', plain, () => {
    expect(instrumentations.record('http', 'https', undefined)).toBe(false);
    expect(instrumentations.record('http', 'http', undefined)).toBe(true);
  });
});

test('HTTP/2 goes past http.request', () => {
  instrumentHTTP();

  expect(new Instrumentations().record('axios', 'http', '2')).toBe(false);
});

test('another subscriber of undici is no instrumentation', () => {
  const onRequest = (): void => undefined;
  subscribe('undici:request:create', onRequest);

  expect(new Instrumentations().record('undici', 'http', undefined)).toBe(false);
  unsubscribe('undici:request:create', onRequest);
});
