import { warnOnce } from '../util/warn-of';

/** Where a request is sent in: an async context, for example. */
export interface RequestScope {
  /** Calls `send` once, synchronously, and returns what it returns. */
  run<T>(send: () => T): T;
}

const warn = warnOnce('HDMS_OBSERVER', 'ObserverWarning').bind(undefined, 'a scope of request.sendIn() failed');

/**
 * Sends a request in a scope, or without it if the scope throws or does not send. The first time, that leads to a warning.
 *
 * @param isSent whether `send` was called
 */
export function sendWithin<T>(scope: RequestScope, send: () => T, isSent: () => boolean): T {
  try {
    const sent = scope.run(send);
    if (isSent()) return sent;
    warn(new TypeError('`run` did not call its function'));
  } catch (thrown) {
    // The transport threw it, most likely.
    if (isSent()) throw thrown;
    warn(thrown);
  }
  return send();
}
