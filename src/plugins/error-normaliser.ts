import { Readable } from 'node:stream';
import type { Call } from '../call/call';
import { classify } from '../call/classify';
import { attemptEnd, callEnd } from '../events/channels';
import { publishCallEnd, type CallOutcome } from '../events/publish';
import type { CallPlugin } from './plugin';

/** Ends a call and converts every failure to a RequestException. */
export function errorNormaliser(): CallPlugin {
  return {
    name: 'error-normaliser',
    response(response, call) {
      if (!call) return;
      const data: unknown = response.data;
      if (data instanceof Readable) call.stream = data;
      call.settle();
      if (callEnd.hasSubscribers || attemptEnd.hasSubscribers) publishEnd(call, { response });
    },
    failure(thrown, call) {
      const error = classify(thrown);
      error.config?.call?.settle();
      // What an interceptor threw does not name the request.
      call?.settle();
      if (callEnd.hasSubscribers || attemptEnd.hasSubscribers) publishEnd(call ?? error.config?.call, { error });
      return error;
    },
  };
}

/** Of a call of `client.axios`. Where a caller of the client waits, the client knows how the call ends. */
function publishEnd(call: Call | undefined, outcome: CallOutcome): void {
  if (call && !call.observed.isAwaited) publishCallEnd(call.observed, outcome);
}
