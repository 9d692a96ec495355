import { Readable } from 'node:stream';
import type { AxiosResponse } from 'axios';
import type { Call } from '../call/call';
import { classify } from '../call/classify';
import { attemptEnd, callEnd } from '../events/channels';
import type { ClientIdentity } from '../events/client-identity';
import { publishCallEnd, type CallOutcome } from '../events/publish';
import type { CallPlugin } from './plugin';

/**
 * Ends a call and converts every failure to a RequestException.
 *
 * @param client that makes the call: a call of `client.axios` that fails early does not tell
 */
export function errorNormaliser(client?: ClientIdentity): CallPlugin {
  return {
    name: 'error-normaliser',
    response({ data, status, headers }: AxiosResponse<unknown>, call) {
      if (!call) return;
      if (data instanceof Readable) call.stream = data;
      call.settle();
      if (callEnd.hasSubscribers || attemptEnd.hasSubscribers) publishEnd(call, { response: { status, headers } });
    },
    failure(thrown, known) {
      // What an interceptor or a transform threw does not name the request.
      const error = classify(thrown, known);
      error.config?.call?.settle();
      known?.settle();
      const call = known ?? error.config?.call;
      // What was thrown between transport and journal has not ended its attempt.
      call?.endLines(error.status ?? error.code);
      // Nobody gets that of a response over which a plugin or a transform failed.
      if (!error.response) call?.stream?.destroy();
      if (call && (callEnd.hasSubscribers || attemptEnd.hasSubscribers)) {
        call.client ??= client;
        publishEnd(call, { error });
      }
      return error;
    },
  };
}

/** Of a call of `client.axios`. Where a caller of the client waits, the client knows how the call ends. */
function publishEnd(call: Call, outcome: CallOutcome): void {
  if (!call.observed.isAwaited) publishCallEnd(call.observed, outcome);
}
