import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { HTTPClient } from '../../src';
import { service } from '../support/service';
import { SpanRecorder, traceparentOf } from '../support/spans';

const quick = { token: null, retry: { base: 0.001 } } as const;

test('each request on the wire has a CLIENT span, whose traceparent it carries', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const recorder = new SpanRecorder();

  await new HTTPClient(quick).get(`${api.url}/users/1?api_key=s3cret`);

  const [first, second] = recorder.spans;
  expect(recorder.spans.map(({ kind, name, status }) => ({ kind, name, code: status.code }))).toEqual([
    { kind: SpanKind.CLIENT, name: 'GET', code: SpanStatusCode.ERROR },
    { kind: SpanKind.CLIENT, name: 'GET', code: SpanStatusCode.UNSET },
  ]);
  expect(api.requests.map(({ headers }) => headers['traceparent'])).toEqual([
    traceparentOf(first),
    traceparentOf(second),
  ]);
  const { port } = new URL(api.url);
  const shared = {
    'http.request.method': 'GET',
    'server.address': '127.0.0.1',
    'server.port': Number(port),
    'url.full': `${api.url}/users/1?api_key=***`,
  };
  expect(recorder.attributes).toEqual([
    expect.objectContaining({ ...shared, 'http.response.status_code': 503, 'error.type': '503' }),
    expect.objectContaining({ ...shared, 'http.response.status_code': 200, 'http.request.resend_count': 1 }),
  ]);
  expect(recorder.attributes[1]).not.toHaveProperty('error.type');
});

test('the name has the template, and never a path', async () => {
  const api = await service();
  const recorder = new SpanRecorder({ urlTemplate: (url) => (url.includes('/users/') ? '/users/{id}' : undefined) });
  const client = new HTTPClient(quick);

  await client.get(`${api.url}/users/1`);
  await client.get(`${api.url}/orders/1`);
  await client.request('PROPFIND', `${api.url}/users/2`);

  expect(recorder.names).toEqual(['GET /users/{id}', 'GET', 'HTTP /users/{id}']);
  expect(recorder.attributes.map((one) => one['url.template'])).toEqual(['/users/{id}', undefined, '/users/{id}']);
  expect(recorder.attributes[2]).toMatchObject({
    'http.request.method': '_OTHER',
    'http.request.method_original': 'PROPFIND',
  });
});

test('headers are captured by name, and secrets stay hidden', async () => {
  const api = await service([{ headers: { 'X-Cache': 'hit', 'Set-Cookie': 'id=s3cret' } }]);
  const recorder = new SpanRecorder({
    requestHeaders: ['X-Tenant', 'authorization'],
    responseHeaders: ['X-Cache', 'set-cookie'],
  });

  await new HTTPClient({ ...quick, token: 's3cret' }).get(api.url, { headers: { 'x-tenant': 'a' } });

  expect(recorder.attributes[0]).toMatchObject({
    'http.request.header.x-tenant': ['a'],
    'http.request.header.authorization': ['***'],
    'http.response.header.x-cache': ['hit'],
    'http.response.header.set-cookie': ['***'],
  });
});

test('the sampler sees what it may decide by, and what it drops costs no more', async () => {
  const api = await service();
  const seen: unknown[] = [];
  const sampler = {
    shouldSample(...[, , name, kind, attributes]: unknown[]) {
      seen.push(name, kind, { ...(attributes as object) });
      return { decision: SamplingDecision.NOT_RECORD };
    },
  };
  const recorder = new SpanRecorder({ responseHeaders: ['x-none'] }, sampler);

  await new HTTPClient({ ...quick, name: 'users' }).get(api.url);

  const { port, href } = new URL(api.url);
  expect(seen).toEqual([
    'GET',
    SpanKind.CLIENT,
    {
      'http.request.method': 'GET',
      'server.address': '127.0.0.1',
      'server.port': Number(port),
      'url.full': href,
      'hdms.client.name': 'users',
    },
  ]);
  expect(recorder.spans).toEqual([]);
  expect(api.requests[0]?.headers['traceparent']).toMatch(/-00$/);
});

test('an SDK that throws harms no call', async () => {
  const api = await service([{ status: 503 }, { status: 200 }]);
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  new SpanRecorder(
    {},
    {
      shouldSample() {
        throw new Error('broken');
      },
    },
  );

  await expect(new HTTPClient(quick).get(api.url)).resolves.toMatchObject({ status: 200 });

  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});
