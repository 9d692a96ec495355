import { inspect } from 'node:util';
import { contextFrom } from '../../src/index';
import { InboundView } from '../../src/events/inbound-view';

test('shows the inbound request, and neither its token nor its other headers', () => {
  const traceparent = '00-11111111111111111111111111111111-2222222222222222-01';
  const view = new InboundView(
    contextFrom({ 'x-request-id': 'edge-1', authorization: 'Bearer secret', cookie: 'sid=secret', traceparent }),
  );

  const { requestId, traceId, parentId, attempt, route } = view;
  expect({ requestId, traceId, parentId, attempt, route }).toEqual({
    requestId: 'edge-1',
    traceId: '1'.repeat(32),
    parentId: '2'.repeat(16),
    attempt: 1,
    route: undefined,
  });
  expect(inspect(view, { showHidden: true, depth: 9 }) + JSON.stringify(view)).not.toContain('secret');
});
