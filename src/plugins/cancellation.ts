import type { Call } from '../call/call';
import { cancellationOf } from '../context/inbound-context';
import { cancelledBy } from '../errors/cancelled';
import { addInboundSignal, peekSignal } from '../lean-axios/config-signal';
import { LazySignal } from '../util/lazy-signal';
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
  const inbound = call.context && cancellationOf(call.context);
  if (!inbound && !config.signal && !config.cancelToken) return;
  const { signal, cancelToken } = givenSignals(config, call);
  if (inbound instanceof LazySignal && !signal && !cancelToken) joinInbound(config, call, inbound);
  else {
    const isSingle = !cancelToken && !(signal && inbound);
    const combined = isSingle ? (signal ?? call.context?.signal) : derive(call, { signal, cancelToken }, inbound);
    if (combined !== config.signal) replaceSignal(config, combined);
  }
  const combined = peekSignal(config);
  if (combined?.aborted) throw cancelledBy(combined.reason, { call, config });
}

/** A config that is sent again still has the signal of the inbound request at that time. */
function givenSignals(config: RequestConfig, call: Call): CallerSignals {
  if (peekSignal(config) instanceof LazySignal) return { signal: undefined, cancelToken: config.cancelToken };
  const given = signalsOf(config);
  const { previous } = call;
  return previous?.context && given.signal === previous.context.signal ? { ...given, signal: undefined } : given;
}

/** As nearly always: nothing but the end of the inbound request cancels the call. */
function joinInbound(config: RequestConfig, call: Call, inbound: LazySignal): void {
  call.inbound = inbound;
  addInboundSignal(config);
}

function replaceSignal(config: RequestConfig, signal: AbortSignal | undefined): void {
  // axios would check the token too, and throw an error without the request.
  delete config.cancelToken;
  if (signal) config.signal = signal;
  else delete config.signal;
}

/** Used only for more than one signal, because it costs more than the call. */
function derive(call: Call, origin: CallerSignals, inbound: AbortSignal | LazySignal | undefined): AbortSignal {
  const own = new OwnSignal(call, origin);
  const { signal, cancelToken } = origin;
  own.follow(signal);
  own.follow(inbound);
  if (cancelToken) own.releaseAfter(followToken(cancelToken, own.abort));
  return own.signal;
}
