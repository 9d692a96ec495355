import { ResponseView } from '../../src/events/outcome-views';
import { RequestView } from '../../src/events/request-view';
import { RecordedRequest } from '../../src/inspector/recorded-request';

const URL_WITH_SECRET = new URL('http://user-service:8000/users?api_key=secret');

function viewWith(headers: Record<string, unknown>): RequestView {
  return new RequestView({ method: 'GET', url: URL_WITH_SECRET, headers }, 'http', {
    count: 0,
    kind: undefined,
    reason: undefined,
  });
}

test('shows a request without secrets', () => {
  const request = new RecordedRequest(viewWith({ Authorization: 'Bearer secret', Accept: '*/*' }), 5);

  request.headers(new ResponseView({ status: 200, headers: { 'set-cookie': ['a=secret'], etag: 'x' } }));

  expect(request.detail(1000)).toMatchObject({
    at: 1005,
    url: 'http://user-service:8000/users?api_key=***',
    status: 200,
    sent: [
      ['Authorization', '***'],
      ['Accept', '*/*'],
    ],
    received: [
      ['set-cookie', '***'],
      ['etag', 'x'],
    ],
  });
  expect(request.report(1000)).not.toHaveProperty('sent');
});

test('very long headers are counted, not shown', () => {
  const request = new RecordedRequest(viewWith({ 'X-Long': 'x'.repeat(100_000) }), 0);

  expect(request.detail(1000).sent).toEqual([['', '1 headers of 100006 characters']]);
  expect(request.size).toBeGreaterThan(100_000);
});
