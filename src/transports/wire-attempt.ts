import type { Readable } from 'node:stream';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { isReplayable } from '../body/replay';
import { callOf } from '../call-of';
import { cancelledBy } from '../errors/cancelled';
import { createException, type Facts } from '../errors/create';
import type { Phase } from '../errors/exceptions';
import { AnswerReader } from './answer-reader';
import { expiryException, startClock, type Expiry } from './clock';
import { followRedirect, isRedirect } from './redirect';
import { isAccepted, toData, toResponse } from './answer';
import type { Exchange, Transport, WireEvents, WireFailure, WireHead, WireRequest } from './transport';
import { thrownException, wireException } from './wire-exception';
import { freshBody, MAX_REDIRECTS, toWireRequest } from './wire-request';

/** One attempt: from the config to the last byte of the answer, over however many redirects. */
export class WireAttempt implements WireEvents {
  readonly #call;
  #request: WireRequest | undefined;
  #exchange: Exchange | undefined;
  #next: WireRequest | undefined;
  #head: WireHead | undefined;
  #reader: AnswerReader | undefined;
  #redirects = 0;
  #isOver = false;
  #stopClock: () => void = () => undefined;

  constructor(
    private readonly transport: Transport,
    private readonly config: InternalAxiosRequestConfig,
    private readonly resolve: (response: AxiosResponse) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.#call = callOf(config);
  }

  start(): void {
    this.#guard(() => {
      const signal = this.config.signal as AbortSignal | undefined;
      if (signal?.aborted) throw cancelledBy(signal.reason, this.#facts());
      const request = toWireRequest(this.config, this.#call);
      signal?.addEventListener('abort', this.#onAbort);
      this.#stopClock = startClock(this.config, this.#call, this.#onExpiry);
      this.#dispatch(request);
    });
  }

  head(head: WireHead, exchange: Exchange): void {
    this.#guard(() => {
      this.#head = head;
      const { maxRedirects = MAX_REDIRECTS } = this.config;
      if (isRedirect(head) && maxRedirects > 0) this.#redirect(head, maxRedirects);
      else this.#read(head, exchange);
    });
  }

  data(chunk: Buffer): void {
    // The body of a redirect is read, so that its connection can be used again, and thrown away.
    if (!this.#next) this.#guard(() => this.#reader?.push(chunk));
  }

  end(): void {
    const next = this.#next;
    // The connection of the redirect is free for the next request one tick later.
    if (next) process.nextTick(this.#follow, next);
    else this.#guard(() => this.#reader?.end());
  }

  error(failure: WireFailure): void {
    this.#fail(wireException(failure, this.#facts()));
  }

  readonly #onAbort = (): void => {
    this.#fail(cancelledBy((this.config.signal as AbortSignal).reason, this.#facts()));
  };

  readonly #onExpiry = (expiry: Expiry): void => {
    this.#fail(expiryException(expiry, this.#facts()));
  };

  #dispatch(request: WireRequest): void {
    this.#request = request;
    this.#next = this.#head = undefined;
    this.#exchange = this.transport.dispatch(request, this);
  }

  readonly #follow = (next: WireRequest): void => {
    this.#guard(() => {
      this.#dispatch(next);
    });
  };

  #redirect(head: WireHead, maxRedirects: number): void {
    const { sensitiveHeaders = [] } = this.config;
    const data = this.config.data as unknown;
    if (++this.#redirects > maxRedirects) {
      throw createException('TOO_MANY_REDIRECTS', { ...this.#facts(), detail: `more than ${maxRedirects} redirects` });
    }
    if (!this.#request) return;
    const rules = { sensitiveHeaders, isBodyReplayable: isReplayable(data) };
    const next = followRedirect(this.#request, head, rules, this.#facts());
    this.#next = next.body === undefined ? next : { ...next, body: freshBody(data, this.#call) };
  }

  #read(head: WireHead, exchange: Exchange): void {
    const { maxContentLength = -1, responseType, decompress = true, method } = this.config;
    const limit = maxContentLength < 0 ? Infinity : maxContentLength;
    const isStream = responseType === 'stream' && isAccepted(head, this.config);
    this.#reader = new AnswerReader({
      head,
      exchange,
      decompress,
      isStream,
      limit,
      onComplete: (body) => {
        this.#guard(() => {
          this.#settle(body);
        });
      },
      onTooLarge: (body) => {
        this.#onTooLarge(body, limit);
      },
      onDecodingError: (cause) => {
        const detail = `the body cannot be decoded: ${cause.message}`;
        this.#fail(createException('CONTENT_DECODING_FAILED', { ...this.#facts(), cause, detail }));
      },
      onRead: this.#onRead,
    });
    if (isStream) this.#resolveStream(this.#reader.readable);
    else if (method !== 'head' && Number(head.headers['content-length']) > limit) {
      this.#onTooLarge(Buffer.alloc(0), limit);
    }
  }

  /** From here on the clock runs only while the reader waits for more. */
  #resolveStream(stream: Readable | undefined): void {
    this.#stopClock();
    stream?.once('close', () => {
      this.#release();
    });
    this.resolve(toResponse(this.#head, stream, this.config));
  }

  readonly #onRead = (isReading: boolean): void => {
    this.#stopClock();
    if (isReading && !this.#isOver) this.#stopClock = startClock(this.config, this.#call, this.#onExpiry);
  };

  #onTooLarge(body: Buffer, limit: number): void {
    this.#guard(() => {
      if (this.#head && isAccepted(this.#head, this.config)) {
        const detail = `the body is larger than ${limit} bytes`;
        throw createException('RESPONSE_TOO_LARGE', { ...this.#facts(), detail });
      }
      // The status says more than the size: keep it, with the part of the body that is here.
      this.#settle(body);
      this.#exchange?.destroy();
    });
  }

  #settle(body: Buffer): void {
    const { config } = this;
    const response = toResponse(this.#head, toData(body, config, this.#head?.headers['content-type']), config);
    const accepted = isAccepted(response, config);
    this.#release();
    if (accepted) this.resolve(response);
    else this.reject(new AxiosError(undefined, undefined, config, response.request, response));
  }

  #facts(): Facts & { readonly phase: Phase } {
    const phase = this.#head && !this.#next ? 'body' : (this.#exchange?.phase ?? 'connect');
    return { call: this.#call, config: this.config, request: this.#exchange?.request, phase };
  }

  /** Whatever a step throws ends the attempt: an event handler has nobody else to tell. */
  #guard(step: () => void): void {
    if (this.#isOver) return;
    try {
      step();
    } catch (thrown) {
      this.#fail(thrownException(thrown, this.#facts()));
    }
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#release();
    this.#exchange?.destroy();
    this.#reader?.destroy(error);
    this.reject(error);
  }

  #release(): void {
    this.#isOver = true;
    this.#stopClock();
    (this.config.signal as AbortSignal | undefined)?.removeEventListener('abort', this.#onAbort);
  }
}
