import type { Call } from '../call/call';
import { InboundContext } from '../context/inbound-context';
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

const NONE: CallerSignals = { signal: undefined };

function combine(config: RequestConfig, call: Call): undefined {
  const inbound = call.context && InboundContext.cancellationOf(call.context);
  const isGiven = 'signal' in config || config.cancelToken !== undefined;
  if (!inbound && !isGiven) return;
  const given = isGiven ? givenSignals(config, call) : NONE;
  if (inbound instanceof LazySignal && !given.signal && !given.cancelToken) {
    // As nearly always: nothing but the end of the inbound request cancels the call.
    call.inbound = inbound;
    addInboundSignal(config);
    throwIfAborted(inbound, config, call);
  } else {
    const isSingle = !given.cancelToken && !(given.signal && inbound);
    const combined = isSingle ? (given.signal ?? call.context?.signal) : derive(call, given, inbound);
    if (combined !== config.signal) replaceSignal(config, combined);
    throwIfAborted(combined, config, call);
  }
}

/** A config that is sent again still has the signal of the inbound request at that time. */
function givenSignals(config: RequestConfig, call: Call): CallerSignals {
  if (peekSignal(config) instanceof LazySignal) return { signal: undefined, cancelToken: config.cancelToken };
  const given = signalsOf(config);
  const { previous } = call;
  return previous?.context && given.signal === previous.context.signal ? { ...given, signal: undefined } : given;
}

function throwIfAborted(signal: AbortSignal | LazySignal | undefined, config: RequestConfig, call: Call): void {
  if (signal?.aborted) throw cancelledBy(signal.reason, { call, config });
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
