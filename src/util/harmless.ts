import { isPromise } from './promises';

/**
 * A function of the application that harms nobody who calls it: what it throws, or rejects with, goes to `failed`. It takes one
 * argument, because a list of them would be made for each message of each call.
 */
export function harmless<Given>(
  run: (given: Given) => unknown,
  failed: (thrown: unknown) => void,
): (given: Given) => void {
  return (given) => {
    try {
      const result = run(given);
      if (isPromise(result)) void result.then(undefined, failed);
    } catch (thrown) {
      failed(thrown);
    }
  };
}
