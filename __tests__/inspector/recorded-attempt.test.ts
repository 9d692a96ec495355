import { AttemptView } from '../../src/events/attempt-view';
import { RequestView } from '../../src/events/request-view';
import { RecordedAttempt } from '../../src/inspector/recorded-attempt';
import { JournalLine } from '../../src/journal/journal-line';

function requestTo(path: string): RequestView {
  return new RequestView({ method: 'GET', url: new URL(path, 'http://a.test'), headers: {} }, 'http');
}

test('shows how the attempt stands, and its requests in their order', () => {
  const line = new JournalLine();
  const attempt = new RecordedAttempt(new AttemptView(line, 1, undefined), 5);
  const [first, second] = [requestTo('/first'), requestTo('/second')];

  expect(attempt.report(1000)).toMatchObject({
    at: 1005,
    took: undefined,
    outcome: undefined,
    hedge: undefined,
    requests: [],
  });
  expect(attempt.request(first, 1000)).toBe(attempt.request(first, 1000));
  attempt.request(second, 1000);
  line.end(503);
  line.decide('retry', 'SERVER_ERROR', 0.5);

  const report = attempt.report(1000);
  expect(report).toMatchObject({ outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.5 });
  expect(report.took).toBe(line.elapsed);
  expect(report.requests.map(({ url }) => url)).toEqual(['http://a.test/first', 'http://a.test/second']);
});

test('what it has let go of changes it no more', () => {
  const line = new JournalLine();
  const view = new AttemptView(line, 1, undefined);
  const attempt = new RecordedAttempt(view, 5);

  expect(attempt.letGo()).toBeGreaterThan(0);
  line.end(200, 'done');

  expect(attempt.isOf(view)).toBe(false);
  expect(attempt.report(1000).outcome).toBeUndefined();
});
