import { PassThrough, type Readable } from 'node:stream';
import axios, { type InternalAxiosRequestConfig } from 'axios';
import { classify } from '../call/classify';
import { callOf } from '../call/call-of';
import { expiryException, startClock, type Expiry, type Timed } from '../call/clock';
import { cancelledBy } from '../errors/cancelled';
import type { Phase } from '../journal/attempt';
import { follow } from '../util/abort';
import { toError } from '../util/is-error';
import type { WebStream } from '../util/is-web-stream';
import { onReader } from './body-stream';
import type { ObservedAdapter } from './observed-adapter';
import { watchWebStream } from './web-stream';
import { wireException } from './wire-exception';
import { isAccepted } from './wire-response';

/** Watches the clock and the caller's signal during one attempt of a wrapped adapter. */
export class AdapterWatch implements Timed {
  clock: NodeJS.Timeout | undefined;
  /** Rejects when the attempt must end. */
  readonly end: Promise<never>;
  readonly facts;
  /** That of the caller, for an adapter that may throw what it throws where nobody catches it, as axios's own does. */
  readonly validateStatus: InternalAxiosRequestConfig['validateStatus'];
  original: object | undefined;
  /** What is published of the attempt. */
  observed: ObservedAdapter | undefined;
  readonly #controller = new AbortController();
  readonly #unfollow: (() => void) | undefined;
  readonly #timing: { readonly timeout: number };
  #phase: Phase = 'headers';
  #fail: (error: Error) => void = () => undefined;

  constructor(config: InternalAxiosRequestConfig) {
    this.facts = { call: callOf(config), config, phase: 'headers' } as const;
    this.end = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    // Once the stream is handed over, failures go to the stream instead.
    this.end.catch(() => undefined);
    const signal = config.signal as AbortSignal | undefined;
    this.#unfollow = signal && follow(signal, this.cancel);
    this.#timing = { timeout: config.timeout ?? 0 };
    const { validateStatus } = config;
    this.validateStatus = validateStatus && ((status) => this.#accepts({ status }, { validateStatus }));
    this.#startClock();
    if (config.attemptState?.mayLose) config.attemptState.works(this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  onExpiry(expiry: Expiry): void {
    this.#endWith(expiryException(expiry, { ...this.facts, phase: this.#phase }));
  }

  stop(): void {
    this.#stopClock();
    this.#unfollow?.();
  }

  /** A stream that fails with RequestExceptions; its clock runs only while the reader waits for more. */
  guard(source: Readable): Readable {
    const stream = new PassThrough();
    this.#fail = (error) => stream.destroy(error);
    this.#phase = 'body';
    this.#stopClock();
    let isReading = false;
    const restart = (): void => {
      if (isReading && !stream.destroyed) this.#startClock();
    };
    onReader(stream, () => {
      isReading = true;
      restart();
    });
    source.on('data', restart);
    source.on('resume', restart);
    source.on('pause', () => {
      this.#stopClock();
    });
    // All of it has arrived: a slow reader takes its own time from here on.
    source.once('end', () => {
      isReading = false;
      this.#stopClock();
    });
    // An error before anybody reads must not crash the process.
    stream.on('error', () => undefined);
    source.once('error', (error) => stream.destroy(this.#bodyException(error)));
    stream.once('close', () => {
      this.stop();
      source.destroy();
    });
    return source.pipe(stream);
  }

  /** The same for a web stream, which a client ends through a stream of Node, as it ends all others. */
  guardWeb(source: WebStream): WebStream {
    this.#phase = 'body';
    this.#stopClock();
    const { stream, lifetime } = watchWebStream(source, {
      reading: (isReading) => {
        if (isReading) this.#startClock();
        else this.#stopClock();
      },
      failed: (error) => this.#bodyException(toError(error)),
      closed: () => {
        this.stop();
        // To cancel the stream of axios's fetch adapter is not enough while a chunk of it is awaited.
        this.#controller.abort();
      },
    });
    this.#fail = (error) => lifetime.destroy(error);
    this.facts.call.stream = lifetime;
    return stream;
  }

  #accepts(...given: Parameters<typeof isAccepted>): boolean {
    try {
      return isAccepted(...given);
    } catch (thrown) {
      this.#endWith(classify(thrown, this.facts.call));
      return false;
    }
  }

  #bodyException(error: Error): Error {
    const broken = { error, phase: 'body', stale: false, byBody: false } as const;
    return axios.isAxiosError(error) ? classify(error) : wireException(broken, this.facts);
  }

  #startClock(): void {
    this.#stopClock();
    this.clock = startClock(this.#timing, this.facts.call, this);
  }

  #stopClock(): void {
    clearTimeout(this.clock);
    this.clock = undefined;
  }

  readonly cancel = (reason: unknown): void => {
    this.#endWith(cancelledBy(reason, this.facts));
  };

  #endWith(error: Error): void {
    // Before the call may end, which does not wait for an adapter.
    this.observed?.failed(error);
    this.#fail(error);
    this.#controller.abort();
  }
}
