import type { RequestException } from '../../src/index';

/** What a call was rejected with; that it succeeded is a failure of the test. */
export async function failure(call: Promise<unknown>): Promise<RequestException> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );
}

/** Timers that keep the process alive. */
export function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
