import type { AsyncResource } from 'node:async_hooks';
import { soon } from '../util/soon';

const endOfStep = Promise.resolve();

/** Requests of this process. One that is alone need not wait for others that could be written together with it. */
export const requests = { underWay: 0 };

/** Steps, each of which sends a request in the async context of its call. */
const waiting: (() => void)[] = [];

/** How a request may be sent. */
export interface Turn {
  readonly isAlone: boolean;
  /** Whether one that is alone waits for the end of the current step: cancelled by then, it is never sent. */
  readonly mayBeCancelled: boolean;
  /** See `Transport`. */
  readonly freesLate: boolean;
}

/**
 * Sends a request: at once if it is alone, otherwise `soon`, so that requests are written together and the server wakes up once
 * for all of them. On the same machine, one wake-up per request costs as much as the rest of a call.
 *
 * @param attempt whose async context it is sent in
 */
export function sendInTurn(
  attempt: AsyncResource,
  send: () => void,
  { isAlone, mayBeCancelled, freesLate }: Turn,
): void {
  if (isAlone && mayBeCancelled) void endOfStep.then(send);
  else if (isAlone) send();
  // Together with the first, the others would find their connections still taken.
  else if (freesLate) soon(send);
  else if (waiting.push(attempt.runInAsyncScope.bind(attempt, send)) === 1) soon(sendWaiting);
}

/** A step that fails rejects its call, and never throws. */
function sendWaiting(): void {
  for (const send of waiting.splice(0)) send();
}
