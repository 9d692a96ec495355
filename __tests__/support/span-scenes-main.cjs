// Makes the calls of all scenes in one process, whose modules instrumentations have patched, and prints the spans:
// node span-scenes-main.cjs '{ "directory", "carrier", "instrumentations", "isLate" }'
const { once } = require('node:events');
const { createRequire } = require('node:module');

const { directory, carrier, instrumentations, isLate } = JSON.parse(process.argv[2]);
const load = createRequire(`${directory}/package.json`);
const REMOTE = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const MAKERS = {
  http: () => {
    const { HttpInstrumentation } = load('@opentelemetry/instrumentation-http');
    // Only the scene of Express is about inbound requests.
    return new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => !url.startsWith('/express') });
  },
  undici: () => {
    const { UndiciInstrumentation } = load('@opentelemetry/instrumentation-undici');
    return new UndiciInstrumentation();
  },
};

const sdk = load('@opentelemetry/sdk-trace-node');
const exporter = new sdk.InMemorySpanExporter();
if (isLate) load('@hdms/http-client');
if (isLate && carrier === 'undici') load('@hdms/http-client/undici');
const provider = new sdk.NodeTracerProvider({ spanProcessors: [new sdk.SimpleSpanProcessor(exporter)] });
provider.register();
const { registerInstrumentations } = load('@opentelemetry/instrumentation');
registerInstrumentations({ instrumentations: instrumentations.map((name) => MAKERS[name]()) });
load('@hdms/http-client/opentelemetry').openTelemetry({ metrics: false });

const http = require('node:http');
const { HTTPClient, runInContext } = load('@hdms/http-client');
const { requestContext } = load('@hdms/http-client/express');
const tracer = provider.getTracer('scenes');
const transport = carrier === 'undici' ? load('@hdms/http-client/undici').undici() : 'http';

const options = {
  transport,
  token: null,
  retry: { base: 0.001, budget: false },
  timeout: 2,
  // An option that only axios's own adapter has, or an adapter of axios.
  ...(carrier === 'axios' && { maxRate: 1e9 }),
  ...(carrier === 'fetch' && { adapter: 'fetch' }),
};
const wire = [];
const used = new WeakSet();
const state = { statuses: [], arrived: () => undefined };

const upstream = http.createServer((request, response) => {
  const own = (name) => request.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;
  wire.push({ traceparent: request.headers.traceparent, count: own('traceparent') });
  state.arrived();
  const path = request.url.split('?')[0];
  if (path === '/hang') return;
  if (path === '/stale' && used.has(request.socket)) return void request.socket.destroy();
  used.add(request.socket);
  const isSlow = path === '/hedge' && wire.length === 1;
  if (path === '/from') return void response.writeHead(302, { location: state.other }).end();
  setTimeout(() => response.writeHead(state.statuses.shift() ?? 200).end('{}'), isSlow ? 300 : 0);
});
const other = http.createServer(upstream.listeners('request')[0]);

const fail = (call) =>
  call.then(
    () => Promise.reject(new Error('the call did not fail')),
    (error) => error.code,
  );
const scenes = {
  200: async ({ client, url }) => client.get(url),
  404: async ({ client, url }) => fail(client.get(url)),
  '503 four times': async ({ client, url }) => fail(client.get(url)),
  '503 then 200': async ({ client, url }) => client.get(url),
  302: async ({ client, url }) => client.get(`${url}from`),
  '401 replay': async ({ url }) => {
    let count = 0;
    const token = { getToken: async () => `token-${count}`, invalidate: () => count++ };
    const client = new HTTPClient({ ...options, token });
    await client.get(url);
  },
  stale: async ({ client, url }) => {
    await client.get(`${url}stale`);
    await client.get(`${url}stale`);
  },
  timeout: async ({ client, url }) => fail(client.get(`${url}hang`, { timeout: 0.25, retryAttempts: 1 })),
  cancel: async ({ client, url }) => {
    const { signal, abort } = aborting();
    state.arrived = abort;
    return fail(client.get(`${url}hang`, { signal }));
  },
  refused: async ({ client }) => fail(client.get('http://127.0.0.1:1/', { retryAttempts: 1 })),
  deadline: async ({ client, url }) => fail(client.get(`${url}hang`, { deadline: 0.25 })),
  'in a context': async ({ client, url }) =>
    runInContext({ traceparent: `00-${REMOTE.trace}-${REMOTE.span}-01`, tracestate: 'v=1' }, () => client.get(url)),
  'in Express': async ({ client, url }) => {
    const express = load('express');
    const app = express();
    app.use(requestContext());
    app.get('/express', async (_, response) => response.json((await client.get(url)).status));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const headers = { traceparent: `00-${REMOTE.trace}-${REMOTE.span}-01` };
    await new Promise((resolve, reject) => {
      const inbound = { port: server.address().port, path: '/express', headers, agent: false };
      const { suppressTracing } = load('@opentelemetry/core');
      const { context } = load('@opentelemetry/api');
      context.with(suppressTracing(context.active()), () =>
        http.get(inbound, (response) => response.resume().on('end', resolve)).on('error', reject),
      );
    });
    server.close();
  },
  hedge: async ({ url }) => {
    const client = new HTTPClient({ ...options, hedging: { delay: 0.03 } });
    await client.get(`${url}hedge`);
  },
};
const STATUSES = {
  404: [404],
  '503 four times': [503, 503, 503, 503],
  '503 then 200': [503, 200],
  '401 replay': [401],
};
const WITHOUT_SPAN = ['in a context', 'in Express'];

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

async function run(name, scene, url) {
  exporter.reset();
  wire.length = 0;
  Object.assign(state, { statuses: [...(STATUSES[name] ?? [])], arrived: () => undefined });
  const client = new HTTPClient(options);
  let parent = REMOTE.span;
  if (WITHOUT_SPAN.includes(name)) await scene({ client, url });
  else {
    await tracer.startActiveSpan('root', async (root) => {
      parent = root.spanContext().spanId;
      await scene({ client, url });
      root.end();
    });
  }
  // What was lost ends a moment later.
  await new Promise((resolve) => setTimeout(resolve, name === 'hedge' ? 20 : 2));
  return report(parent);
}

function report(root) {
  const spans = exporter.getFinishedSpans();
  const kinds = sdkKinds();
  const clients = spans.filter(({ kind }) => kind === kinds.CLIENT).sort((a, b) => order(a) - order(b));
  const server = spans.find(({ kind }) => kind === kinds.SERVER)?.spanContext().spanId;
  const ids = clients.map((span) => `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`);
  return {
    requests: wire.length,
    spans: clients.length,
    hasServer: server !== undefined,
    resends: clients.map(({ attributes }) => attributes['http.request.resend_count'] ?? 0),
    errors: clients.map(({ attributes }) => attributes['error.type'] ?? ''),
    codes: clients.map(({ status }) => status.code),
    strays: clients.filter(({ parentSpanContext }) => parentSpanContext?.spanId !== (server ?? root)).length,
    // Those of requests that arrived, each with one header, of a span that was exported.
    unmatched: wire.filter(({ traceparent, count }) => count !== 1 || !ids.includes(traceparent)).length,
    doubles: wire.length - new Set(wire.map(({ traceparent }) => traceparent)).size,
  };
}

function sdkKinds() {
  return load('@opentelemetry/api').SpanKind;
}

function order({ attributes }) {
  return attributes['http.request.resend_count'] ?? 0;
}

async function main() {
  for (const server of [upstream, other]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  state.other = `http://127.0.0.1:${other.address().port}/`;
  const reports = {};
  for (const [name, scene] of Object.entries(scenes)) {
    reports[name] = await run(name, scene, `http://127.0.0.1:${upstream.address().port}/`);
  }
  process.stdout.write(JSON.stringify(reports), () => process.exit());
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
