import { setTimeout as sleep } from 'node:timers/promises';
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

/** Expects that no more than `before` timers are left. On a busy machine, those of Jest and of sockets outlast a call for a moment. */
export async function expectNoTimerLeft(before: number): Promise<void> {
  for (let turn = 0; turn < 200 && timers() > before; turn++) await sleep(5);
  expect(timers()).toBeLessThanOrEqual(before);
}
