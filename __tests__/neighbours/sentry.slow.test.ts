import { headersOf, PATHS, runBeside, type Beside } from '../support/beside';

const TRANSPORTS = ['http', 'undici'];

interface SentrySpan {
  readonly span_id: string;
  readonly trace_id: string;
  readonly parent_span_id: string;
  readonly attributes: Record<string, { readonly value: unknown }>;
}

function clientSpans({ records }: Beside): SentrySpan[] {
  const spans = records.flatMap(({ items }) => (items ?? []) as SentrySpan[]);
  return spans.filter(({ attributes }) => attributes['sentry.op']?.value === 'http.client');
}

describe.each(TRANSPORTS)('@sentry/node beside the transport %s', (TRANSPORT) => {
  test.each([
    ['alone', ''],
    ['with openTelemetry()', '1'],
  ])('%s has one span for each request, and no secret in an envelope', async (_, SPANS) => {
    const beside = await runBeside('beside-sentry.cjs', { TRANSPORT, SPANS });

    const spans = clientSpans(beside);
    expect(spans.map(({ attributes }) => attributes['url.path']?.value)).toEqual(PATHS);
    expect(headersOf(beside.requests, 'sentry-trace')).toEqual(
      spans.map(({ trace_id, span_id }) => `${trace_id}-${span_id}-1`),
    );
    expect(beside.leaked).toEqual([]);
  });

  test('shows exceptions with class, code and the redacted URL, and its breadcrumbs no secret', async () => {
    const { records, leaked } = await runBeside('beside-sentry.cjs', { TRANSPORT });

    const events = records.filter(({ type }) => type === 'event');
    expect(JSON.stringify(events)).toContain('/bad?api_key=***: responded with 503 Service Unavailable');
    expect(JSON.stringify(events)).toContain('"category":"http"');
    // The SDK reads files for each stack, and may be done with the second one first.
    const exceptions = events.map(({ exception }) => (exception as { values: { type: string }[] }).values);
    expect(exceptions.sort((one, other) => one.length - other.length)).toMatchObject([
      [{ type: 'HTTPError' }],
      [{}, { type: 'ConnectionError' }],
    ]);
    expect(leaked).toEqual([]);
  });

  test('one traceparent goes out: that of the active span, if a subscriber sets it', async () => {
    const beside = await runBeside('beside-sentry.cjs', { TRANSPORT, TRACEPARENT: '1' });

    const expected = clientSpans(beside).map(({ trace_id, parent_span_id }) => `00-${trace_id}-${parent_span_id}-01`);
    expect(headersOf(beside.requests, 'traceparent')).toEqual(expected);
  });
});
