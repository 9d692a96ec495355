import type { Call } from '../call/call';
import { cancelledBy } from '../errors/cancelled';
import type { CallPlugin, RequestConfig } from './plugin';
import { followToken, signalsOf, OwnSignal, type CallerSignals } from '../call/own-signal';

/**
 * Combines the caller's `signal` and `cancelToken` and the context's signal into one signal. A call fails with
 * RequestCancelled if that signal has already fired.
 */
export function cancellation(): CallPlugin {
  return { name: 'cancellation', request: combine };
}

function combine(config: RequestConfig, call: Call): undefined {
  const inbound = call.context?.signal;
  if (!config.signal && !config.cancelToken && !inbound) return;
  const { signal: given, cancelToken } = signalsOf(config);
  // A config that is sent again still has the signal of the inbound request at that time.
  const signal = given === call.previous?.context?.signal ? undefined : given;
  const isSingle = !cancelToken && !(signal && inbound);
  const combined = isSingle ? (signal ?? inbound) : derive(call, { signal, cancelToken }, inbound);
  if (combined !== config.signal) replaceSignal(config, combined);
  if (combined?.aborted) throw cancelledBy(combined.reason, { call, config });
}

function replaceSignal(config: RequestConfig, signal: AbortSignal | undefined): void {
  // axios would check the token too, and throw an error without the request.
  delete config.cancelToken;
  if (signal) config.signal = signal;
  else delete config.signal;
}

/** Used only for more than one signal, because it costs more than the call. */
function derive(call: Call, origin: CallerSignals, inbound: AbortSignal | undefined): AbortSignal {
  const own = new OwnSignal(call, origin);
  const { signal, cancelToken } = origin;
  own.follow(signal);
  own.follow(inbound);
  if (cancelToken) own.releaseAfter(followToken(cancelToken, own.abort));
  return own.signal;
}
