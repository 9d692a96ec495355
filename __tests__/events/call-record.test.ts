import { Call } from '../../src/call/call';
import { CallRecord } from '../../src/events/call-record';

function awaited(): Call {
  const call = new Call('GET', 'http://a.test/');
  call.isAwaited = true;
  return call;
}

test('a call has one record, and an attempt one view', () => {
  const call = awaited();
  const line = call.addLine();

  expect(CallRecord.of(call)).toBe(CallRecord.of(call));
  expect(CallRecord.of(call).attempt(line)).toBe(CallRecord.of(call).attempt(line));
  expect(CallRecord.of(call).attempt(line).view.number).toBe(1);
});

test('the next request of an attempt follows from what was decided on the one before', () => {
  const call = awaited();
  const record = CallRecord.of(call);
  const first = call.addLine();
  call.decide(first, 'retry', 'TIMEOUT', 1);
  const hedged = call.addLine();
  const hedge = call.addLine(true);
  call.decide(hedge, 'replay', 'TOKEN_REFUSED');
  const last = call.addLine();

  expect([first, hedged, hedge, last].map((line) => record.attempt(line).next)).toEqual([
    undefined,
    { kind: 'retry', reason: 'TIMEOUT' },
    { kind: 'hedge', reason: 'slow' },
    { kind: 'replay', reason: 'TOKEN_REFUSED' },
  ]);
});

test('what an interceptor sends again belongs to the call whose caller waits', () => {
  const call = awaited();
  call.decide(call.addLine(), 'fail', 'not-retryable');
  const again = new Call('GET', 'http://a.test/', Infinity, call);
  const line = again.addLine();
  const record = CallRecord.of(again.observed);

  expect(again.observed).toBe(call);
  expect(record.attempt(line)).toMatchObject({ view: { number: 2 }, next: { kind: 'replay', reason: 'interceptor' } });
  expect(record.lines).toHaveLength(2);

  call.isAwaited = false;
  const later = new Call('GET', 'http://a.test/', Infinity, again);
  expect(later.observed).toBe(later);
});

test('requests are counted, and those of attempts that nobody observed, too', () => {
  const call = awaited();
  const record = CallRecord.of(call);
  call.addLine();
  const second = record.attempt(call.addLine());
  const third = record.attempt(call.addLine());

  expect([second, second, third].map((attempt) => record.countRequest(attempt))).toEqual([1, 2, 3]);
});
