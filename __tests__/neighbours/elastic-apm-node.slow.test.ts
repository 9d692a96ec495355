import { headersOf, PATHS, runBeside, type Beside } from '../support/beside';

interface ElasticSpan {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly context: { readonly http: { readonly url: string } };
}

function spansOf({ records }: Beside): ElasticSpan[] {
  return records.filter(({ kind }) => kind === 'span') as unknown as ElasticSpan[];
}

// Over http, the agent ends no span of a request without a response, whichever client sends it.
test.each([
  ['http', PATHS.filter((path) => path !== '/gone')],
  ['undici', PATHS],
])('elastic-apm-node beside the transport %s has one span for each request', async (TRANSPORT, expected) => {
  const beside = await runBeside('beside-elastic.cjs', { TRANSPORT });

  const paths = spansOf(beside).map(({ context }) => new URL(context.http.url).pathname);
  expect(paths.sort()).toEqual([...expected].sort());
  expect(beside.leaked).toEqual([]);
});

test('over http, one traceparent goes out: that of the span', async () => {
  const { requests, ...beside } = await runBeside('beside-elastic.cjs');

  const answered = requests.filter(({ url }) => url !== '/gone');
  const expected = spansOf({ requests, ...beside }).map(({ id, trace_id }) => `00-${trace_id}-${id}-01`);
  expect(headersOf(answered, 'traceparent').sort()).toEqual(expected.sort());
  expect(new Set(headersOf(requests, 'traceparent')).size).toBe(requests.length);
});

test('over undici, one traceparent goes out: that of the transaction, set by a subscriber', async () => {
  const beside = await runBeside('beside-elastic.cjs', { TRANSPORT: 'undici' });

  const expected = spansOf(beside).map(({ trace_id, parent_id }) => `00-${trace_id}-${parent_id}-01`);
  expect(headersOf(beside.requests, 'traceparent')).toEqual(expected);
});

test('its errors have class, code and the redacted URL', async () => {
  const { records } = await runBeside('beside-elastic.cjs');

  // The agent reads files for the stack of each error, and may be done with the second one first.
  const captured = records.filter(({ kind, exception }) => kind === 'error' && (exception as { code?: string }).code);
  const codes = captured.map(({ exception }) => (exception as { code: string }).code);
  expect([...codes].sort()).toEqual(['CONNECTION_CLOSED', 'SERVER_ERROR']);
  expect(captured[codes.indexOf('SERVER_ERROR')]).toMatchObject({
    exception: { type: 'HTTPError', attributes: { retries: 1, sent: 'yes' } },
  });
  expect(captured[codes.indexOf('CONNECTION_CLOSED')]).toMatchObject({
    exception: { type: 'ConnectionError', attributes: { sent: 'maybe' } },
  });
  expect(JSON.stringify(captured)).toContain('/bad?api_key=***');
});
