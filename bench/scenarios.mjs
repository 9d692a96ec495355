// What is measured, in this order. `measure` names the method, see measure/; `quick` the clients of a quick run.
import { CLIENTS, OURS } from './clients.mjs';

const RETRYING = Object.keys(CLIENTS).filter((name) => CLIENTS[name].retries);

const rate = { key: 'rate', unit: 'req/s', isMoreBetter: true, digits: 0 };
const throughput = { key: 'rate', unit: 'MB/s', isMoreBetter: true, digits: 0, factor: 10 };
const kilobytes = { key: 'heap', unit: 'KB per call', isMoreBetter: false, digits: 1, factor: 1 / 1024 };
const megabytes = { key: 'heap', unit: 'MB', isMoreBetter: false, digits: 2, factor: 1 / 1024 ** 2 };
const cost = (of) => ({ key: 'cost', unit: `µs per ${of}`, isMoreBetter: false, digits: 2 });

const calls = (name, title, kind, concurrency, rest) => ({
  name,
  title: `${title}, c = ${concurrency}`,
  measure: 'slices',
  metric: rate,
  kind,
  concurrency,
  ...rest,
});
// A slice holds few 10 MB bodies. It is longer, so that the last one has less weight.
const bytes = { metric: throughput, stretch: 2 };

export const SCENARIOS = [
  calls('get-200-c1', 'GET 200 B', 'small', 1),
  calls('get-200-c50', 'GET 200 B', 'small', 50, { quick: Object.keys(CLIENTS) }),
  calls('get-200-c256', 'GET 200 B', 'small', 256),
  calls('post-1k-c50', 'POST 1 KB', 'post', 50),
  calls('get-64k-c50', 'GET 64 KB of JSON', 'large', 50),
  calls('download-10m-c4', 'Download of 10 MB', 'download', 4, bytes),
  calls('upload-10m-c4', 'Upload of a 10 MB stream', 'upload', 4, bytes),
  calls('flaky-c50', 'GET 200 B, every tenth answer a 503', 'flaky', 50, {
    clients: RETRYING,
    options: { retryWait: 0 },
    note: 'Waits are 0 (got: 1 ms, its shortest). Clients without retries do not take part.',
  }),
  {
    name: 'plugins-c50',
    title: 'Extra plugins that do nothing, GET 200 B, c = 50',
    measure: 'plugins',
    metric: cost('plugin'),
    kind: 'small',
    concurrency: 50,
    clients: OURS,
    counts: [1, 5, 20],
    stretch: 2,
    note: 'CPU time per request above that of the same client without them, divided by their number.',
  },
  {
    name: 'context-c50',
    title: 'The context of an inbound request, c = 50',
    measure: 'context',
    metric: cost('call'),
    concurrency: 50,
    clients: ['hdms-http'],
    rows: ['requestContext: false', 'no context', 'in a context'],
    stretch: 2,
    note: 'CPU time per call above that of a client with `requestContext: false`, over a transport that answers at once. The context has an id, a trace, a deadline and a signal.',
  },
  {
    name: 'telemetry-c50',
    title: 'OpenTelemetry, GET 200 B, c = 50',
    measure: 'telemetry',
    metric: cost('call'),
    concurrency: 50,
    clients: OURS,
    kinds: ['spans and metrics', 'instrumentation'],
    stretch: 2,
    note: 'CPU time per call above that of the same client beside an SDK that does nothing for it, but has its context manager in use. Every span is sampled, and the exporters drop what they get; `instrumentation` is that of OpenTelemetry for http, or for undici.',
  },
  {
    name: 'in-flight-5000',
    title: 'Heap per call, # in flight',
    measure: 'inFlight',
    metric: kilobytes,
    count: 5000,
    rounds: 3,
    quick: OURS,
    options: { timeout: 60 },
    note: 'Each with its connection; the service holds the answers back. The timeout is 60 s here.',
  },
  {
    name: 'growth-200000',
    title: 'Growth of the heap over # requests',
    measure: 'growth',
    metric: megabytes,
    count: 200_000,
    rounds: 1,
    kind: 'small',
    concurrency: 50,
    clients: [...OURS, 'axios-as-written'],
    quick: OURS,
    note: 'After a tenth as many requests; the garbage is collected before and after.',
  },
];
