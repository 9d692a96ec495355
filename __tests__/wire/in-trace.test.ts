import type { AxiosAdapter } from 'axios';
import { HTTPClient, runInContext, type HTTPClientOptions } from '../../src/index';
import { OpenTelemetry } from '../support/open-telemetry';
import { service } from '../support/service';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const SPAN = '00-22222222222222222222222222222222-3333333333333333-01';

const openTelemetry = new OpenTelemetry();
beforeEach(() => {
  openTelemetry.register();
});
afterEach(() => {
  openTelemetry.unregister();
});

const ways: [string, HTTPClientOptions][] = [
  ['the transport', {}],
  ["axios's http adapter", { maxRate: 1e9 }],
  ["axios's fetch adapter", { adapter: 'fetch' }],
];

test.each(ways)('over %s, in a span, each attempt has the span as its parent', async (_, options) => {
  const api = await service([{ status: 503 }, { status: 503 }, {}]);
  const client = new HTTPClient({ retry: { base: 0.001 }, ...options });
  const context = { traceparent: TRACEPARENT, tracestate: 'v=1' };

  const { config } = await openTelemetry.run({ traceparent: SPAN }, async () =>
    runInContext(context, async () => client.get(api.url)),
  );

  const seen = api.requests.map(({ headers: { traceparent, tracestate } }) => [traceparent, tracestate]);
  expect(seen).toEqual([
    [SPAN, undefined],
    [SPAN, undefined],
    [SPAN, undefined],
  ]);
  // The config may be sent again, in another span.
  expect(config.headers.get('traceparent')).toBe(TRACEPARENT);
});

test.each(ways)(
  'over %s, outside of a span, the attempts are sent within the trace of the context',
  async (_, options) => {
    const api = await service([{ status: 503 }, {}]);
    const parents: unknown[] = [];
    const client = new HTTPClient({ retry: { base: 0.001 }, ...options });

    await runInContext({ traceparent: TRACEPARENT, tracestate: 'v=1' }, async () => client.get(api.url));
    const adapter: AxiosAdapter = async (config) => {
      parents.push(openTelemetry.active?.traceparent);
      return Promise.resolve({ status: 200, statusText: 'OK', data: '', headers: {}, config });
    };
    await runInContext({ traceparent: TRACEPARENT }, async () => new HTTPClient({ adapter }).get(api.url));

    const seen = api.requests.map(({ headers: { traceparent, tracestate } }) => [traceparent, tracestate]);
    expect(seen).toEqual([
      [TRACEPARENT, 'v=1'],
      [TRACEPARENT, 'v=1'],
    ]);
    expect(parents).toEqual([TRACEPARENT]);
  },
);
