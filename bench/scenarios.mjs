// What is measured, in this order. `measure` names the method, see measure/; `quick` the clients of a quick run. The first of the
// `figures` is the one that rows are ranked by. `warmth` multiplies the calls of the warm-up, `stretch` the length of a slice.
import { CLIENTS, OURS } from './clients.mjs';

const RETRYING = Object.keys(CLIENTS).filter((name) => CLIENTS[name].retries);
const CORE = [...OURS, 'raw-http', 'undici-request'];

const rate = { key: 'rate', head: 'req/s', isMoreBetter: true, digits: 0 };
const throughput = { key: 'rate', head: 'MB/s', isMoreBetter: true, digits: 0, factor: 10 };
const latency = [
  { key: 'p50', head: 'p50 ms' },
  { key: 'p99', head: 'p99 ms' },
];
const cpu = { key: 'cpu', head: 'CPU µs', digits: 0 };
const collection = { key: 'gc', head: 'GC µs', digits: 0 };
const cost = (of) => [{ key: 'cost', head: `µs per ${of}`, digits: 2, hasQuartiles: true }];

const calls = (name, title, kind, concurrency, rest) => ({
  name,
  title: `${title}, c = ${concurrency}`,
  measure: 'slices',
  figures: [rate, ...latency, cpu],
  kind,
  concurrency,
  ...rest,
});
// A slice holds few 10 MB bodies. It is longer, so that the last one has less weight, and the warm-up is one of time only.
const bytes = { figures: [throughput, ...latency, cpu], stretch: 2, warmth: 0 };
const large = { figures: [rate, ...latency, cpu, collection] };

export const SCENARIOS = [
  calls('get-200-c1', 'GET 200 B', 'small', 1, { isMain: true, warmth: 3 }),
  calls('get-200-c50', 'GET 200 B', 'small', 50, { isMain: true, quick: Object.keys(CLIENTS) }),
  calls('post-1k-c50', 'POST 1 KB', 'post', 50, { isMain: true }),
  calls('get-64k-c50', 'GET 64 KB of JSON', 'large', 50, { ...large, isMain: true }),
  calls('get-64k-alone-c50', 'GET 64 KB of JSON, in a process with nothing else', 'large', 50, {
    ...large,
    isMain: true,
    isAlone: true,
    clients: CORE,
    quick: ['hdms-http', 'raw-http'],
    note: 'The same calls without the service around the client: see [what a service sees](#what-a-service-sees).',
  }),
  {
    name: 'startup',
    title: 'Start-up',
    measure: 'startup',
    isMain: true,
    figures: [
      { key: 'load', head: '`require`, ms', digits: 0 },
      { key: 'first', head: '`require` and first call, ms', digits: 0 },
      { key: 'files', head: 'files', digits: 0 },
      { key: 'rss', head: 'RSS above bare Node, MB', digits: 1, factor: 1 / 1024 ** 2 },
    ],
    clients: ['bare Node', ...OURS, 'axios', 'got', 'undici'],
    pairs: OURS.map((client) => [client, 'axios']),
    rounds: 20,
    note: 'Fresh processes in turn. got is an ES module and is imported; bare Node makes its call with `node:http`.',
  },
  {
    name: 'context-c50',
    title: 'The context of an inbound request, c = 50',
    measure: 'instant',
    isMain: true,
    figures: cost('call'),
    concurrency: 50,
    clients: ['hdms-http'],
    rows: [
      'requestContext off',
      'no context',
      'in a context',
      'a context for each call',
      'the middleware for each call',
    ],
    stretch: 2,
    note: 'CPU time per call above that of a client with `requestContext: false`, over a transport that responds at once. The context has an id, a trace and a deadline. Each call is made by the handler of an inbound request. `in a context` enters one context for all calls; `a context for each call` makes and enters one for each request, with `contextFrom` and `runInContext`; `the middleware for each call` does it with `requestContext()`, which sends the request id with the response, too, and sees whether the caller hangs up.',
  },
  calls('get-200-c256', 'GET 200 B', 'small', 256, { quick: [] }),
  calls('download-10m-c4', 'Download of 10 MB', 'download', 4, bytes),
  calls('upload-10m-c4', 'Upload of a 10 MB stream', 'upload', 4, bytes),
  calls('flaky-c50', 'GET 200 B, every tenth response a 503', 'flaky', 50, {
    clients: RETRYING,
    options: { retryWait: 0 },
    note: 'Waits are 0 (got: 1 ms, its shortest). Clients without retries do not take part.',
  }),
  {
    name: 'everything-c50',
    title: 'Every protection on, c = 50',
    measure: 'instant',
    figures: cost('call'),
    concurrency: 50,
    clients: ['hdms-http'],
    rows: ['everything off', 'defaults', 'everything on'],
    stretch: 2,
    note: 'CPU time per call above that of a client without any, over a transport that responds at once. `everything on` has the retry budget, the gate, a concurrency limit, the circuit breaker, and a subscriber of events.',
  },
  {
    name: 'plugins-c50',
    title: 'Extra plugins that do nothing, GET 200 B, c = 50',
    measure: 'plugins',
    figures: cost('plugin'),
    kind: 'small',
    concurrency: 50,
    clients: OURS,
    quick: ['hdms-http'],
    counts: [1, 5, 20],
    stretch: 2,
    note: 'CPU time per request above that of the same client without them, divided by their number.',
  },
  {
    name: 'telemetry-c50',
    title: 'OpenTelemetry, GET 200 B, c = 50',
    measure: 'telemetry',
    figures: cost('call'),
    concurrency: 50,
    clients: OURS,
    quick: ['hdms-http'],
    kinds: ['spans and metrics', 'a span by hand', 'instrumentation'],
    stretch: 2,
    note: 'CPU time per call above that of the same client beside an SDK that does nothing for it, but has its context manager in use. Every span is sampled, and the exporters drop what they get; `a span by hand` is what the SDK itself takes for a span and two durations of each call; `instrumentation` is that of OpenTelemetry for http, or for undici.',
  },
  {
    name: 'in-flight-5000',
    title: 'Heap per call, # in flight',
    measure: 'inFlight',
    figures: [{ key: 'heap', head: 'KB per call', digits: 1, factor: 1 / 1024 }],
    count: 5000,
    rounds: 3,
    quick: OURS,
    options: { timeout: 60 },
    note: 'Each with its connection; the service holds the responses back. The timeout is 60 s here.',
  },
  {
    name: 'growth-200000',
    title: 'Growth of the heap over # requests',
    measure: 'growth',
    figures: [{ key: 'heap', head: 'MB', digits: 2, factor: 1 / 1024 ** 2 }],
    count: 200_000,
    rounds: 1,
    kind: 'small',
    concurrency: 50,
    clients: [...OURS, 'axios-as-written'],
    quick: ['hdms-http'],
    note: 'After a tenth as many requests; garbage is collected before and after.',
  },
];

export const scenarioOf = (name) => SCENARIOS.find((scenario) => scenario.name === name);
