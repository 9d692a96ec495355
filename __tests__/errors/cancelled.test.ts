import axios, { CanceledError } from 'axios';
import { Call } from '../../src/call/call';
import { cancelledBy } from '../../src/errors/cancelled';
import { createException } from '../../src/errors/create';
import { HTTPClient, type RequestException } from '../../src/index';
import { service } from '../support/service';

const call = new Call('GET', 'http://api.test/');
const timeout = new DOMException('The operation timed out', 'TimeoutError');

test('an Error that is given as the reason is the cause', () => {
  const reason = new Error('the user went away');

  expect(cancelledBy(reason, { call })).toMatchObject({
    code: 'CANCELLED',
    name: 'RequestCancelled',
    retryable: false,
  });
  expect(cancelledBy(reason, { call }).cause).toBe(reason);
});

test.each(['text', 5, undefined, null, {}])('the reason %p is no cause', (reason) => {
  const error = cancelledBy(reason, { call });

  expect(error.code).toBe('CANCELLED');
  expect(error.cause).toBeUndefined();
});

test("the reason of axios's CancelToken, which may hold a config, is no cause", () => {
  expect(cancelledBy(new CanceledError('enough'), { call }).cause).toBeUndefined();
});

test('a timeout signal is a deadline', () => {
  const error = cancelledBy(timeout, { call, phase: 'headers' });

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', name: 'DeadlineExceeded', phase: 'headers', sent: 'maybe' });
  expect(error.message).toBe("GET http://api.test/: the caller's timeout signal fired");
  expect(error.cause).toBe(timeout);
});

test('the cause of a deadline is the last failure, where there is one', () => {
  const tried = new Call('GET', 'http://api.test/');
  tried.lastError = createException('SERVER_ERROR', { call: tried });

  expect(cancelledBy(timeout, { call: tried }).cause).toBe(tried.lastError);
  expect(cancelledBy(new Error('enough'), { call: tried }).cause).not.toBe(tried.lastError);
  expect(cancelledBy(timeout, {}).cause).toBe(timeout);
});

describe('a call that its signal ends while the other service works on it', () => {
  async function failWith(reason: unknown): Promise<RequestException> {
    const controller = new AbortController();
    const api = await service([
      {
        handle: () => {
          controller.abort(reason);
        },
      },
    ]);
    const call = new HTTPClient().get(api.url, { signal: controller.signal });
    return call.then(
      () => {
        throw new Error('the call succeeded');
      },
      (error: unknown) => error as RequestException,
    );
  }

  test('may have been seen, and tells of its request', async () => {
    const error = await failWith(new Error('enough'));

    expect(error).toMatchObject({ code: 'CANCELLED', sent: 'maybe', retries: 0, attempts: [{ outcome: 'CANCELLED' }] });
    expect(error.cause).toMatchObject({ message: 'enough' });
    expect(error.request).toBeDefined();
  });

  test('by a timeout had got as far as the headers', async () => {
    expect(await failWith(timeout)).toMatchObject({ code: 'DEADLINE_EXCEEDED', phase: 'headers', sent: 'maybe' });
  });

  test('is a cancellation to axios too', async () => {
    expect(axios.isCancel(await failWith(undefined))).toBe(true);
  });
});
