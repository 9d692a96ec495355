import { soon } from '../util/soon';

const endOfStep = Promise.resolve();

/** Requests of this process. One that is alone need not wait for others that could be written together with it. */
export const requests = { underWay: 0 };

/**
 * Sends a request: at once if it is alone, otherwise `soon`, so that requests are written together and the server wakes up once
 * for all of them. On the same machine, one wake-up per request costs as much as the rest of a call.
 *
 * @param mayBeCancelled whether one that is alone waits for the end of the current step: cancelled by then, it is never sent
 */
export function sendInTurn(send: () => void, isAlone: boolean, mayBeCancelled: boolean): void {
  if (!isAlone) soon(send);
  else if (mayBeCancelled) void endOfStep.then(send);
  else send();
}
