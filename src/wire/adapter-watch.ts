import { PassThrough, type Readable } from 'node:stream';
import axios, { type InternalAxiosRequestConfig } from 'axios';
import { classify } from '../call/classify';
import { callOf } from '../call/call-of';
import { expiryException, startClock } from '../call/clock';
import { cancelledBy } from '../errors/cancelled';
import type { Phase } from '../journal/attempt';
import { follow } from '../util/abort';
import { toError } from '../util/is-error';
import type { WebStream } from '../util/is-web-stream';
import { onReader } from './body-stream';
import type { ObservedAdapter } from './observed-adapter';
import { watchWebStream } from './web-stream';
import { wireException } from './wire-exception';

/** Watches the clock and the caller's signal during one attempt of a wrapped adapter. */
export class AdapterWatch {
  /** Rejects when the attempt must end. */
  readonly end: Promise<never>;
  readonly facts;
  original: object | undefined;
  /** What is published of the attempt. */
  observed: ObservedAdapter | undefined;
  readonly #controller = new AbortController();
  readonly #unfollow: (() => void) | undefined;
  readonly #timing: { readonly timeout: number };
  #clock: NodeJS.Timeout | undefined;
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
    this.#startClock('headers');
    if (config.attemptState?.mayLose) config.attemptState.works(this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(): void {
    clearTimeout(this.#clock);
    this.#unfollow?.();
  }

  /** A stream that fails with RequestExceptions; its clock runs only while the reader waits for more. */
  guard(source: Readable): Readable {
    const stream = new PassThrough();
    this.#fail = (error) => stream.destroy(error);
    clearTimeout(this.#clock);
    let isReading = false;
    const restart = (): void => {
      if (isReading && !stream.destroyed) this.#startClock('body');
    };
    onReader(stream, () => {
      isReading = true;
      restart();
    });
    source.on('data', restart);
    source.on('resume', restart);
    source.on('pause', () => {
      clearTimeout(this.#clock);
    });
    // All of it has arrived: a slow reader takes its own time from here on.
    source.once('end', () => {
      isReading = false;
      clearTimeout(this.#clock);
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
    clearTimeout(this.#clock);
    const { stream, lifetime } = watchWebStream(source, {
      reading: (isReading) => {
        if (isReading) this.#startClock('body');
        else clearTimeout(this.#clock);
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

  #bodyException(error: Error): Error {
    const broken = { error, phase: 'body', stale: false, byBody: false } as const;
    return axios.isAxiosError(error) ? classify(error) : wireException(broken, this.facts);
  }

  #startClock(phase: Phase): void {
    clearTimeout(this.#clock);
    this.#clock = startClock(this.#timing, this.facts.call, {
      onExpiry: (expiry) => {
        this.#endWith(expiryException(expiry, { ...this.facts, phase }));
      },
    });
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
