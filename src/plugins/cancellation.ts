import type { InternalAxiosRequestConfig } from 'axios';
import { callOf } from '../call-of';
import type { Plugin } from '../plugin';

type Follower = (reason: unknown) => void;

/** CancelToken has these, but axios does not declare them. */
interface Subscribable {
  subscribe(follower: Follower): void;
  unsubscribe(follower: Follower): void;
}

/** Gives each call a signal of its own that follows the caller's `signal` or `cancelToken`. */
export function cancellation(): Plugin {
  const hub = new SignalHub();
  return {
    name: 'cancellation',
    ring: 'call',
    install(http) {
      http.interceptors.request.use((config) => derive(config, hub), undefined, { synchronous: true });
    },
  };
}

function derive(config: InternalAxiosRequestConfig, hub: SignalHub): InternalAxiosRequestConfig {
  const { cancelToken, responseType } = config;
  const signal = config.signal as AbortSignal | undefined;
  // A stream is read for longer than the call lasts, and its signal is needed until then.
  const isStream = responseType === 'stream';
  if (!cancelToken && (!signal || isStream)) return config;
  const controller = new AbortController();
  const abort = (reason: unknown): void => {
    controller.abort(reason);
  };
  const releases: (() => void)[] = [];
  if (signal) releases.push(hub.follow(signal, abort));
  if (cancelToken) releases.push(subscribe(cancelToken, abort));
  if (!isStream) for (const release of releases) callOf(config).onSettled(release);
  config.signal = controller.signal;
  return config;
}

function subscribe(token: Subscribable, follower: Follower): () => void {
  token.subscribe(follower);
  return () => {
    token.unsubscribe(follower);
  };
}

/**
 * Has one listener on a signal for any number of calls: a caller may share one signal among all its calls, and Node
 * warns of a leak from the eleventh listener on.
 */
class SignalHub {
  readonly #followers = new WeakMap<AbortSignal, Set<Follower>>();

  /** @returns stops following */
  follow(signal: AbortSignal, follower: Follower): () => void {
    const followers = this.#followers.get(signal) ?? this.#listen(signal);
    followers.add(follower);
    return () => {
      followers.delete(follower);
    };
  }

  #listen(signal: AbortSignal): Set<Follower> {
    const followers = new Set<Follower>();
    this.#followers.set(signal, followers);
    const tell = (): void => {
      for (const follower of followers) follower(signal.reason);
    };
    signal.addEventListener('abort', tell, { once: true });
    return followers;
  }
}
