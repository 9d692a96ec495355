import { context, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import * as conventions from '@opentelemetry/semantic-conventions';
import { contextFrom, HTTPClient, runInContext } from '../../src/index';
import { service } from '../support/service';
import { linesWith } from './lines';

/** Matchers are of the type any. */
const textLike = (part: RegExp | string): unknown =>
  typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);
const NUMBER: unknown = expect.any(Number);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT_ID = 'b7ad6b7169203331';
const INBOUND = { 'x-request-id': 'edge-1', traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` };

test('a success after retries: the fields, and one sentence', async () => {
  const api = await service([{ status: 503 }, { status: 503 }, { status: 200 }]);
  const client = new HTTPClient({ name: 'users', baseURL: api.url, retry: { base: 0.002, jitter: 'none' } });
  const lines = linesWith();

  await runInContext(contextFrom(INBOUND), () => client.get('/users/7', { params: { page: 2, api_key: 's' } }));

  const port = Number(new URL(api.url).port);
  expect(lines).toEqual([
    {
      level: 'info',
      fields: {
        client: 'users',
        'http.request.method': 'GET',
        'url.full': `${api.url}/users/7?page=2&api_key=***`,
        'server.address': '127.0.0.1',
        'server.port': port,
        'http.response.status_code': 200,
        duration: NUMBER,
        retries: 2,
        attempts: textLike(/^503 \d+ms, \+0\.002s, 503 \d+ms, \+0\.004s, 200 \d+ms$/),
        request_id: 'edge-1',
        trace_id: TRACE_ID,
        span_id: PARENT_ID,
      },
      message: textLike(new RegExp(`^GET 127\\.0\\.0\\.1:${port}/users/7: 200 in 0\\.\\d+ s, after 2 retries$`)),
    },
  ]);
  client.close();
});

test('a failure has its code, its message and no stack', async () => {
  const api = await service([{ status: 503 }, { status: 500 }]);
  const client = new HTTPClient({ baseURL: api.url, retryAttempts: 1, retry: { base: 0.001 } });
  const [lines, alone] = [linesWith(), linesWith({ fields: () => ({ 'url.full': undefined, tenant: 7 }) })];

  await expect(client.get('/users/7')).rejects.toThrow();

  const { level, fields, message } = lines[0] ?? {};
  expect(level).toBe('error');
  expect(fields).toMatchObject({ 'http.response.status_code': 500, 'error.type': '500', code: 'SERVER_ERROR' });
  expect(message).toMatch(
    /^GET 127\.0\.0\.1:\d+\/users\/7: responded with 500 Internal Server Error \[SERVER_ERROR\] in 0\.\d+ s, after 1 retry$/,
  );
  expect(JSON.stringify(lines)).not.toContain('    at ');
  expect(Object.keys(alone[0]?.fields ?? {})).toEqual(expect.arrayContaining(['tenant', 'code']));
  expect(alone[0]?.fields).not.toHaveProperty(['url.full']);
  client.close();
});

test('what was never sent has neither address nor attempts', async () => {
  const client = new HTTPClient();
  const lines = linesWith();

  await expect(client.get('ftp://files/x?secret=1')).rejects.toThrow();

  expect(lines).toEqual([
    {
      level: 'warn',
      fields: {
        'http.request.method': 'GET',
        'url.full': 'ftp://files/x?secret=***',
        'error.type': 'INVALID_URL',
        code: 'INVALID_URL',
        duration: NUMBER,
      },
      message: textLike(/^GET ftp:\/\/files\/x: the URL must begin with http.* \[INVALID_URL\] in 0(\.\d+)? s$/),
    },
  ]);
}); // prettier-ignore

test('names and values are those of the semantic conventions', async () => {
  const known = new Set(Object.values(conventions));
  const api = await service([{ status: 500 }]);
  const client = new HTTPClient({ name: 'users', baseURL: api.url, retryAttempts: 0 });
  const lines = linesWith();

  await expect(client.get('/')).rejects.toThrow();

  const dotted = Object.keys(lines[0]?.fields ?? {}).filter((name) => name.includes('.'));
  expect(dotted.length).toBeGreaterThan(5);
  expect(dotted.filter((name) => !known.has(name as never))).toEqual([]);
  client.close();
});

test('the default port is left out of the sentence', async () => {
  const client = new HTTPClient({ adapter: (config) => Promise.resolve({ config, data: '', status: 200, statusText: '', headers: {} }) }); // prettier-ignore
  const lines = linesWith({ successes: true });

  await client.get('https://user:password@users.test/a/b?page=2#end');

  expect(lines[0]?.message).toMatch(/^GET users\.test\/a\/b: 200 in 0(\.\d+)? s$/);
  expect(lines[0]?.fields).toMatchObject({ 'server.port': 443 });
  expect(JSON.stringify(lines)).not.toContain('password');
});

test('a replay, and a hedge', async () => {
  let issued = 0;
  const token = { getToken: () => `token-${++issued}`, invalidate: () => undefined };
  const api = await service(({ url }) => ({ status: url === '/renewed' && answered++ === 0 ? 401 : 200 }));
  const slow = await service([{ delay: Infinity }, { status: 200 }]);
  let answered = 0;
  const client = new HTTPClient({ token });
  const lines = linesWith({ successes: true });

  await client.get(`${api.url}/renewed`);
  await client.get(slow.url, { hedging: { delay: 0.01 } });

  expect(lines.map(({ level, fields }) => [level, fields['attempts']])).toEqual([
    ['debug', expect.stringMatching(/^401 \d+ms, replay, 200 \d+ms$/)],
    ['debug', expect.stringMatching(/^lost \d+ms, hedge 200 \d+ms$/)],
  ]);
  client.close();
});

test('the active span of OpenTelemetry comes before the trace of the request context', async () => {
  const provider = new NodeTracerProvider();
  provider.register();
  const api = await service();
  const client = new HTTPClient();
  const lines = linesWith({ successes: true });
  try {
    const ids = await provider.getTracer('test').startActiveSpan('work', async (span) => {
      await runInContext(contextFrom(INBOUND), () => client.get(api.url));
      return span.spanContext();
    });

    expect(lines[0]?.fields).toMatchObject({ trace_id: ids.traceId, span_id: ids.spanId, request_id: 'edge-1' });
  } finally {
    trace.disable();
    context.disable();
    client.close();
  }
});

test('a long message of an interceptor is one line, and cut', async () => {
  const client = new HTTPClient();
  client.axios.interceptors.request.use(() => {
    throw new Error(`first\n  second ${'x'.repeat(1000)}`);
  });
  const lines = linesWith();

  await expect(client.get('http://users.test/')).rejects.toThrow();

  expect(lines[0]?.message).toMatch(/first second x+… \[INTERCEPTOR_FAILED\] in/);
  expect(lines[0]?.message.length).toBeLessThan(400);
});

test('a long URL is cut, so that the line does not grow with it', async () => {
  const api = await service();
  const lines = linesWith();

  await new HTTPClient().get(`${api.url}/${'a'.repeat(100_000)}`, { retryAttempts: 0 }).catch(() => undefined);

  expect(lines[0]?.fields['url.full']).toBe(`${api.url}/${'a'.repeat(100_000)}`.slice(0, 2000) + '…');
  expect(lines[0]?.message).toMatch(/^GET 127\.0\.0\.1:\d+\/a+…: /);
  expect(JSON.stringify(lines).length).toBeLessThan(6000);
});

test.each([
  ['http://[::1]:1/users/7?page=2', '[::1]:1/users/7'],
  ['https://127.0.0.1:80/users/7', '127.0.0.1:80/users/7'],
  ['http://me:secret@127.0.0.1:1', '127.0.0.1:1/'],
])('the message about %s names %s', async (url, place) => {
  const client = new HTTPClient({ retryAttempts: 0 });
  const lines = linesWith();

  await expect(client.get(url)).rejects.toThrow();

  expect(lines[0]?.message).toMatch(new RegExp(`^GET ${place.replace(/[[\]]/g, '\\$&')}: `));
  client.close();
});
