import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import type { Plugin } from '../plugin';
import { SignalHub } from '../signal-hub';

type Follower = (reason: unknown) => void;

/** CancelToken has these, but axios does not declare them. */
interface Subscribable {
  subscribe(follower: Follower): void;
  unsubscribe(follower: Follower): void;
}

/** What a caller may end a call with. */
type Origin = Pick<InternalAxiosRequestConfig, 'cancelToken'> & { readonly signal: AbortSignal | undefined };

/** Gives each call a signal of its own that follows the caller's `signal` or `cancelToken`, and the signal of the context. */
export function cancellation(): Plugin {
  const following = new Following();
  return {
    name: 'cancellation',
    ring: 'call',
    install(http) {
      http.interceptors.request.use((config) => following.derive(config), undefined, { synchronous: true });
    },
  };
}

class Following {
  readonly #hub = new SignalHub();
  /** Of the signals made here: a config that is sent again after its call was over brings the old one. */
  readonly #origins = new WeakMap<object, Origin>();

  derive(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
    const { signal, cancelToken } = this.#originOf(config);
    const call = callOf(config);
    const ofContext = call.context?.signal;
    if (!signal && !cancelToken && !ofContext) return config;
    const controller = new AbortController();
    const abort = (reason: unknown): void => {
      controller.abort(reason);
    };
    if (signal) this.#releaseAfter(call, this.#hub.follow(signal, abort));
    if (ofContext) this.#releaseAfter(call, this.#hub.follow(ofContext, abort));
    if (cancelToken) this.#releaseAfter(call, subscribe(cancelToken, abort));
    // axios would look at the token too, and throw what knows nothing of the request.
    delete config.cancelToken;
    config.signal = controller.signal;
    this.#origins.set(controller.signal, { signal, cancelToken });
    if (controller.signal.aborted) throw cancelledBy(controller.signal.reason, { call, config });
    return config;
  }

  #originOf(config: InternalAxiosRequestConfig): Origin {
    const signal = config.signal as AbortSignal | undefined;
    return (signal && this.#origins.get(signal)) ?? { signal, cancelToken: config.cancelToken };
  }

  #releaseAfter(call: Call, release: () => void): void {
    call.onSettled(() => {
      const { stream } = call;
      if (stream && !stream.closed) stream.once('close', release);
      else release();
    });
  }
}

function subscribe(token: Subscribable, follower: Follower): () => void {
  token.subscribe(follower);
  return () => {
    token.unsubscribe(follower);
  };
}
