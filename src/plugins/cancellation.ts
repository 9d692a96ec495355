import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import type { Plugin } from './plugin';
import { originOf, OwnSignal, type CallerSignals } from '../call/own-signal';

type RequestConfig = InternalAxiosRequestConfig;

/** CancelToken has these, but axios does not declare them. */
interface Subscribable {
  subscribe(follower: (reason: unknown) => void): void;
  unsubscribe(follower: (reason: unknown) => void): void;
}

/** Brings whatever may end a call, the caller's `signal` and `cancelToken` and the signal of the context, down to one signal. */
export function cancellation(): Plugin {
  return {
    name: 'cancellation',
    ring: 'call',
    install(http) {
      http.interceptors.request.use(unite, undefined, { synchronous: true });
    },
  };
}

function unite(config: RequestConfig): RequestConfig {
  const call = callOf(config);
  const inbound = call.context?.signal;
  const { signal: given, cancelToken } = originOf(config);
  // A config that is sent again brings the signal of the request that was being served then.
  const signal = given === call.previous?.context?.signal ? undefined : given;
  const isOne = !cancelToken && !(signal && inbound);
  const united = isOne ? (signal ?? inbound) : derive(call, { signal, cancelToken }, inbound);
  if (united !== config.signal) replaceSignal(config, united);
  if (united?.aborted) throw cancelledBy(united.reason, { call, config });
  return config;
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
