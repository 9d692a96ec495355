import type { InternalAxiosRequestConfig } from 'axios';
import { follow } from '../util/abort';
import type { LazySignal } from '../util/lazy-signal';
import type { Call } from './call';

/** The caller's ways to cancel a call. */
export type CallerSignals = Pick<InternalAxiosRequestConfig, 'cancelToken'> & {
  readonly signal: AbortSignal | undefined;
};

/** CancelToken has these methods, but axios does not declare them. */
interface Subscribable {
  subscribe(follower: (reason: unknown) => void): void;
  unsubscribe(follower: (reason: unknown) => void): void;
}

/**
 * Calls `follower` when the token is cancelled.
 *
 * @returns a function that stops following
 */
export function followToken(
  cancelToken: NonNullable<CallerSignals['cancelToken']>,
  follower: (reason: unknown) => void,
): () => void {
  const token = cancelToken as unknown as Subscribable;
  token.subscribe(follower);
  return () => {
    token.unsubscribe(follower);
  };
}

/** Maps own signals to the caller's: a config that is sent again after its call ended still has the own signal. */
const callerSignals = new WeakMap<object, CallerSignals>();

/** The caller's signals, also if the config has an own signal. */
export function signalsOf({ signal, cancelToken }: InternalAxiosRequestConfig): CallerSignals {
  const given = signal as AbortSignal | undefined;
  return (given && callerSignals.get(given)) ?? { signal: given, cancelToken };
}

/** A signal that belongs to one call. It follows other signals until the call, or the stream of its response, ends. */
export class OwnSignal {
  readonly #controller = new AbortController();

  constructor(
    private readonly call: Call,
    origin: CallerSignals,
  ) {
    callerSignals.set(this.signal, origin);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly abort = (reason: unknown): void => {
    this.#controller.abort(reason);
  };

  follow(signal: AbortSignal | LazySignal | undefined): void {
    if (signal) this.releaseAfter(follow(signal, this.abort));
  }

  releaseAfter(release: () => void): void {
    const { call } = this;
    call.onSettled(() => {
      const { stream } = call;
      if (stream && !stream.closed) stream.once('close', release);
      else release();
    });
  }
}
