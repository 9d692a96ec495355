import type { InternalAxiosRequestConfig } from 'axios';
import { follow } from '../util/abort';
import type { Call } from './call';

/** What a caller may end a call with. */
export type CallerSignals = Pick<InternalAxiosRequestConfig, 'cancelToken'> & {
  readonly signal: AbortSignal | undefined;
};

/** Of the signals made here: a config that is sent again after its call was over brings the old one. */
const callerSignals = new WeakMap<object, CallerSignals>();

/** What the caller gave. */
export function signalsOf({ signal, cancelToken }: InternalAxiosRequestConfig): CallerSignals {
  const given = signal as AbortSignal | undefined;
  return (given && callerSignals.get(given)) ?? { signal: given, cancelToken };
}

/** A signal that is the call's own, and lets go of those that it follows when the call is over. */
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

  follow(signal: AbortSignal | undefined): void {
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
