import { PassThrough } from 'node:stream';
import { Call } from '../../src/call/call';
import { fail } from '../../src/client/fail';
import { isRequestException, type RequestException } from '../../src/index';

function failureOf(thrown: unknown, call: Call, signal?: AbortSignal): RequestException {
  try {
    return fail(thrown, call, signal);
  } catch (error) {
    if (isRequestException(error)) return error;
    throw error;
  }
}

const newCall = (): Call => new Call('GET', 'http://users/7', Infinity);

test('whatever ended a call becomes its exception, and the call is over', () => {
  const call = newCall();
  const stream = new PassThrough();
  call.stream = stream;

  const error = failureOf(new Error('x'), call);

  expect(error).toMatchObject({ code: 'INTERCEPTOR_FAILED', method: 'GET', url: 'http://users/7' });
  expect([call.settled, stream.destroyed]).toEqual([true, true]);
});

test('what an interceptor throws after the caller has cancelled is the cancellation', () => {
  const controller = new AbortController();

  expect(failureOf(new Error('x'), newCall(), controller.signal).code).toBe('INTERCEPTOR_FAILED');
  controller.abort();
  expect(failureOf(new Error('x'), newCall(), controller.signal).code).toBe('CANCELLED');
});

test('the stack has the caller, if the failure itself did not lead to one', () => {
  const error = failureOf(new Error('x'), newCall());

  expect(error.stack).toMatch(/^ +at .*fail\.test/m);
});
