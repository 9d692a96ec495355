import { inspect } from 'node:util';
import { AxiosHeaders } from 'axios';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { nextAttempt } from '../../src/call/call-of';

test('a retry is counted when it starts, not when it is decided', () => {
  const call = new Call('GET', '');
  const first = new AttemptState(call);
  first.dispatched();
  first.ended(503);
  first.decided('retry', 'SERVER_ERROR', 0.5);
  expect(call.retries).toBe(0);

  new AttemptState(call).dispatched();

  expect(call.retries).toBe(1);
});

test('a replay is no retry, and is remembered', () => {
  const call = new Call('POST', '');
  const first = new AttemptState(call);
  first.dispatched();
  first.ended('STALE_CONNECTION');
  first.decided('replay', 'STALE_CONNECTION', 0);

  new AttemptState(call).dispatched();

  expect(call.retries).toBe(0);
  expect(call.replays).toEqual(['STALE_CONNECTION']);
});

test('the first outcome of an attempt stands, and so does the first decision', () => {
  const call = new Call('GET', '');
  const attempt = new AttemptState(call);
  attempt.dispatched();

  attempt.ended(200, 'done');
  attempt.ended('TIMEOUT', 'fail');
  attempt.decided('retry', 'TIMEOUT', 1);

  expect(call.attempts).toMatchObject([{ outcome: 200, decision: 'done' }]);
  expect(call.attempts[0]).not.toHaveProperty('reason');
});

test('an attempt that was not dispatched leaves no line, and those of others as they are', () => {
  const call = new Call('GET', '');
  const first = new AttemptState(call);
  first.dispatched();
  const second = new AttemptState(call, first);

  second.ended(200, 'done');
  second.decided('fail', 'not-retryable');

  expect(call.attempts).toEqual([{ startedAt: expect.any(Date) as Date, elapsed: 0 }]);
});

test('two attempts at once write each on its own line', () => {
  const call = new Call('GET', '');
  const [slow, fast] = [new AttemptState(call), new AttemptState(call)];
  slow.dispatched();
  fast.dispatched();

  fast.ended(200, 'done');
  slow.ended('CANCELLED');

  expect(call.attempts.map(({ outcome }) => outcome)).toEqual(['CANCELLED', 200]);
});

test('lines whose attempt never told its outcome end with the call', () => {
  const call = new Call('GET', '');
  const [told, silent] = [new AttemptState(call), new AttemptState(call)];
  told.dispatched();
  silent.dispatched();
  told.ended(503);

  call.endLines('INTERCEPTOR_FAILED');

  expect(call.attempts).toMatchObject([{ outcome: 503 }, { outcome: 'INTERCEPTOR_FAILED', decision: 'fail' }]);
});

test('a retry has the next number, and a replay that of the attempt it replaces', () => {
  const call = new Call('GET', '');
  const numbers = [call.nextAttempt];
  for (const decision of ['replay', 'retry', 'replay', 'retry'] as const) {
    const attempt = new AttemptState(call);
    attempt.dispatched();
    attempt.ended(503);
    attempt.decided(decision, 'SERVER_ERROR', 0);
    numbers.push(call.nextAttempt);
  }

  expect(numbers).toEqual([1, 1, 2, 2, 3]);
});

test('an attempt knows the one whose config is sent again, and no chain of them is kept in memory', () => {
  const config = { url: 'http://user-service', headers: new AxiosHeaders() };
  const first = nextAttempt(config);
  const second = nextAttempt(config);
  expect(first.previous).toBeUndefined();
  expect(second.previous).toBe(first);

  const third = nextAttempt(config);
  expect(third.previous).toBe(second);
  expect(second.previous).toBeUndefined();
});

test('anything that is not an attempt does not pass for one', () => {
  const config = { url: '', headers: new AxiosHeaders(), attemptState: 'mine' as never };

  expect(nextAttempt(config).previous).toBeUndefined();
});

test('headers of one attempt do not come back with the next, except those that were changed meanwhile', () => {
  const headers = new AxiosHeaders({ 'x-tenant': 'acme', authorization: null });
  const first = nextAttempt({ url: '', headers });
  first.setHeader(headers, 'Authorization', 'Bearer first');
  first.setHeader(headers, 'X-Request-Attempt', '1');
  expect(headers.toJSON()).toEqual({ 'x-tenant': 'acme', authorization: 'Bearer first', 'X-Request-Attempt': '1' });
  headers.set('X-Request-Attempt', '9');

  nextAttempt({ url: '', headers, attemptState: first });

  expect(headers.toJSON()).toEqual({ 'x-tenant': 'acme', 'X-Request-Attempt': '9' });
});

test('no printing of an attempt shows its token', () => {
  const headers = new AxiosHeaders();
  const attempt = nextAttempt({ url: '', headers });
  attempt.setHeader(headers, 'Authorization', 'Bearer s3cret');

  expect(inspect(attempt, { depth: 9, showHidden: true }) + JSON.stringify(attempt)).not.toContain('s3cret');
});

test('an attempt is printed without its URL, which may hold a secret', () => {
  const attempt = new AttemptState(new Call('GET', 'http://api'));
  attempt.url = new URL('http://api/?api_key=s3cret');

  expect(inspect(attempt, { depth: 9 })).toBe('AttemptState { tokenRenewed: false, retryForbidden: false }');
  expect(JSON.stringify(attempt)).toBe('{"tokenRenewed":false,"retryForbidden":false}');
});
