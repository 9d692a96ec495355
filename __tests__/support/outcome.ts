import { RequestException } from '../../src/index';

/** What a call was rejected with; that it succeeded is a failure of the test. */
export async function failure(call: Promise<unknown>): Promise<RequestException> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );
}

/** The same, where it has to be shown that the rejection is an exception of ours. */
export async function exceptionOf(call: () => Promise<unknown>): Promise<RequestException> {
  const outcome = await call().then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  expect(outcome).toBeInstanceOf(RequestException);
  return outcome as RequestException;
}

/** Timers that keep the process alive. */
export function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
