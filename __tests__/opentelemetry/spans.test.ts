import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
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
