import { addCaller } from '../stack/add-caller';
import { hasFrames } from '../stack/frames';
import type { Call } from '../call/call';
import { classify } from '../call/classify';
import { InboundContext } from '../context/inbound-context';
import { publishFailure } from './call-end';
import { cancelledBy } from '../errors/cancelled';
import { attemptEnd, callEnd } from '../events/channels';
import type { RequestException } from '../errors/exceptions';

/** @throws RequestException for whatever ended a call */
export function fail(thrown: unknown, call: Call, signal?: AbortSignal): never {
  const error = becauseOf(signal, classify(thrown, call), call);
  // An error from between transport and journal, such as a transformResponse, has no config that tells whose it is.
  call.endLines(error.status ?? error.code);
  // Nothing will read it any more.
  call.stream?.destroy();
  call.settle();
  // What the interceptors await does not lead to the caller on all ways; the call itself does.
  if (!hasFrames(error.stack ?? '')) addCaller(error, fail);
  if (callEnd.hasSubscribers || attemptEnd.hasSubscribers) publishFailure(call, error);
  call.isAwaited = false;
  throw error;
}

/** What an interceptor throws after the caller has cancelled, such as the reason of the signal, is the cancellation. */
function becauseOf(signal: AbortSignal | undefined, error: RequestException, call: Call): RequestException {
  if (error.code !== 'INTERCEPTOR_FAILED') return error;
  const inbound = call.context && InboundContext.cancellationOf(call.context);
  const fired = [signal, inbound].find((one) => one?.aborted);
  return fired ? cancelledBy(fired.reason, { call, sent: error.sent }) : error;
}
