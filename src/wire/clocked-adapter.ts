import { PassThrough, Readable } from 'node:stream';
import axios, { type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios';
import type { Call } from '../call/call';
import { callOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import { classify } from '../call/classify';
import { createException, type Facts } from '../errors/create';
import type { Phase } from '../journal/attempt';
import { toError } from '../util/is-error';
import { codeOfNodeError, describeNodeError } from '../errors/node-errors';
import { expiryException, startClock } from '../call/clock';
import { onReader } from './body-stream';
import { sendInTrace } from './in-trace';
import { isWebStream, watchWebStream, type WebStream } from './web-stream';
import { guardRedirects } from './redirect-guard';
import { resolveRedirects, type RedirectPolicy } from './redirect-policy';
import { wireException } from './wire-exception';
import { follow } from '../util/abort';

/**
 * Makes a function that wraps a config's adapter in a clock, except `own`, which enforces timeouts itself.
 * Users, axios-mock-adapter and axios-cache-interceptor set other adapters.
 *
 * @returns a function that throws DeadlineExceeded if the call has no time left, and AxiosError for an unknown adapter
 */
export function clockAdapters(
  own: AxiosAdapter,
  policy: RedirectPolicy = resolveRedirects({}),
): (config: InternalAxiosRequestConfig, call: Call) => void {
  const clocked = new WeakSet<AxiosAdapter>([own]);
  return (config, call) => {
    if (call.limit !== Infinity && call.remaining <= 0) {
      throw expiryException(
        { code: 'DEADLINE_EXCEEDED', limit: call.limit },
        { call, config, sent: 'no', phase: 'connect' },
      );
    }
    if (config.adapter === own) return;
    // To axios, `http` names its own adapter, which would use a proxy from the environment.
    const names = [config.adapter ?? own].flat();
    const adapter = names.includes('http') ? own : names.length === 1 ? names[0] : names;
    config.adapter = adapter as AxiosAdapter;
    if (typeof adapter === 'function' && clocked.has(adapter)) return;
    config.adapter = withClock(axios.getAdapter(adapter, config as never), policy);
    clocked.add(config.adapter);
  };
}

/**
 * Wraps an adapter that has no clock, or only axios's idle timer, in the client's clock.
 * The progress of such an adapter is unknown, so its timeouts report the phase `headers`.
 *
 * The wrapped adapter rejects with Timeout, DeadlineExceeded or RequestCancelled, or with the adapter's failure.
 */
export function withClock(adapter: AxiosAdapter, policy: RedirectPolicy = resolveRedirects({})): AxiosAdapter {
  return async (config) => {
    const watch = new Watch(config);
    const guarded = guardRedirects(config, policy, watch.facts);
    const { signal, timeout, beforeRedirect, fetchOptions } = config;
    watch.original = { signal, timeout, ...(guarded && { beforeRedirect, fetchOptions }) };
    try {
      const sending = sendInTrace(adapter, Object.assign(config, { signal: watch.signal, timeout: 0, ...guarded }));
      // Not `raceWith`: of a stream, the watch goes on after the response.
      const response = await Promise.race([sending, watch.end]);
      const data: unknown = response.data;
      if (data instanceof Readable) response.data = watch.guard(data);
      else if (isWebStream(data)) response.data = watch.guardWeb(data);
      else watch.stop();
      return response;
    } catch (thrown) {
      watch.stop();
      throw adapterException(thrown, watch.facts);
    } finally {
      Object.assign(config, watch.original);
    }
  };
}

/** Watches the clock and the caller's signal during one attempt of a wrapped adapter. */
class Watch {
  /** Rejects when the attempt must end. */
  readonly end: Promise<never>;
  readonly facts;
  original: object | undefined;
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
    this.#fail(error);
    this.#controller.abort();
  }
}

/** Adds the config to a plain error from an adapter, so that the error is recognised as this request's and can be retried. */
function adapterException(thrown: unknown, facts: Facts): unknown {
  if (axios.isAxiosError(thrown) || axios.isCancel(thrown)) return thrown;
  const cause = toError(thrown);
  return createException(codeOfNodeError(cause) ?? 'REQUEST_FAILED', {
    ...facts,
    cause,
    detail: describeNodeError(cause),
  });
}
