import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import type { CallPlugin, RequestConfig } from './plugin';
import { signalsOf, OwnSignal, type CallerSignals } from '../call/own-signal';

/** CancelToken has these, but axios does not declare them. */
interface Subscribable {
  subscribe(follower: (reason: unknown) => void): void;
  unsubscribe(follower: (reason: unknown) => void): void;
}

/** Brings whatever may end a call, the caller's `signal` and `cancelToken` and the signal of the context, down to one signal. */
export function cancellation(): CallPlugin {
  return { name: 'cancellation', request: unite };
}

function unite(config: RequestConfig, call: Call): undefined {
  const inbound = call.context?.signal;
  if (!config.signal && !config.cancelToken && !inbound) return;
  const { signal: given, cancelToken } = signalsOf(config);
  // A config that is sent again brings the signal of the request that was being served then.
  const signal = given === call.previous?.context?.signal ? undefined : given;
  const isOne = !cancelToken && !(signal && inbound);
  const united = isOne ? (signal ?? inbound) : derive(call, { signal, cancelToken }, inbound);
  if (united !== config.signal) replaceSignal(config, united);
  if (united?.aborted) throw cancelledBy(united.reason, { call, config });
}

function replaceSignal(config: RequestConfig, signal: AbortSignal | undefined): void {
  // axios would look at the token too, and throw what knows nothing of the request.
  delete config.cancelToken;
  if (signal) config.signal = signal;
  else delete config.signal;
}

/** Only where there is more than one: it costs more than the call. */
function derive(call: Call, origin: CallerSignals, inbound: AbortSignal | undefined): AbortSignal {
  const own = new OwnSignal(call, origin);
  const { signal, cancelToken } = origin;
  own.follow(signal);
  own.follow(inbound);
  if (cancelToken) own.releaseAfter(subscribe(cancelToken, own.abort));
  return own.signal;
}

function subscribe(token: Subscribable, follower: (reason: unknown) => void): () => void {
  token.subscribe(follower);
  return () => {
    token.unsubscribe(follower);
  };
}
