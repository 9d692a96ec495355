import { Readable } from 'node:stream';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { attemptOf, callOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import type { ErrorCode } from '../errors/codes';
import { createException, type Facts } from '../errors/create';
import type { Phase } from '../journal/attempt';
import { follow } from '../util/abort';
import { BodyReader, type BodyEvents } from './body-reader';
import { expiryException, startClock, type Expiry, type Timed } from '../call/clock';
import { announcesTooMuch, limitOf } from './size-limit';
import { followRedirect, isRedirect, rulesOf } from './redirect';
import { isAccepted, statusError, toData, toResponse } from './wire-response';
import type { Exchange, Transport, WireEvents, WireFailure, WireHead, WireRequest } from '../transports/transport';
import { toError } from '../util/is-error';
import { thrownException, wireException } from './wire-exception';
import { soon } from '../util/soon';
import { freshBody, MAX_REDIRECTS, toWireRequest } from './wire-request';

/** One attempt: from the config to the last byte of the response, redirects included. */
export class WireAttempt implements WireEvents, BodyEvents, Timed {
  readonly #call;
  #request: WireRequest | undefined;
  #exchange: Exchange | undefined;
  #next: WireRequest | undefined;
  #head: WireHead | undefined;
  #reader: BodyReader | undefined;
  #redirects = 0;
  #isOver = false;
  #clock: NodeJS.Timeout | undefined;
  #unfollow: (() => void) | undefined;

  constructor(
    private readonly transport: Pick<Transport, 'dispatch'>,
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
      const request = (this.#next = toWireRequest(this.config, this.#call));
      if (signal) this.#unfollow = follow(signal, this.#cancel.bind(this));
      this.#clock = startClock(this.config, this.#call, this);
      soon(this.#guard.bind(this, this.#dispatch.bind(this, request)));
    });
  }

  head(head: WireHead, exchange: Exchange): void {
    this.#guard(() => {
      this.#head = head;
      const { maxRedirects = MAX_REDIRECTS } = this.config;
      if (this.#request && head.status >= 300 && maxRedirects > 0 && isRedirect(head))
        this.#redirect(this.#request, head, maxRedirects);
      else this.#read(head, exchange);
    });
  }

  data(chunk: Buffer): void {
    // The body of a redirect is read and discarded, so that its connection can be reused.
    if (!this.#next) this.#guard(() => this.#reader?.push(chunk));
  }

  end(): void {
    const next = this.#next;
    if (!next) {
      this.#guard(() => this.#reader?.end());
      return;
    }
    // The redirect's connection is free for the next request one tick later.
    process.nextTick(this.#guard.bind(this, this.#dispatch.bind(this, next)));
  }

  error(failure: WireFailure): void {
    this.#guard(() => {
      throw wireException(failure, this.#facts());
    });
  }

  complete(body: Buffer): void {
    this.#guard(() => {
      this.#settle(body);
    });
  }

  tooLarge(body: Buffer): void {
    this.#failBody('RESPONSE_TOO_LARGE', { detail: `the body is larger than ${limitOf(this.config)} bytes` }, body);
  }

  undecodable(cause: Error): void {
    this.#failBody('CONTENT_DECODING_FAILED', { cause, detail: `the body cannot be decoded: ${cause.message}` });
  }

  /** For a stream, the clock runs only while the reader waits for more. */
  reading(isReading: boolean): void {
    clearTimeout(this.#clock);
    if (isReading && !this.#isOver) this.#clock = startClock(this.config, this.#call, this);
  }

  onExpiry(expiry: Expiry): void {
    this.#fail(expiryException(expiry, this.#facts()));
  }

  #cancel(reason: unknown): void {
    this.#fail(cancelledBy(reason, this.#facts()));
  }

  #dispatch(request: WireRequest): void {
    this.#request = request;
    this.#next = this.#head = undefined;
    try {
      this.#exchange = this.transport.dispatch(request, this);
    } catch (thrown) {
      // Thrown by an agent, a lookup or Node.
      throw wireException({ error: toError(thrown), phase: 'connect', stale: false, byBody: false }, this.#facts());
    }
  }

  #redirect(request: WireRequest, head: WireHead, maxRedirects: number): void {
    const { data } = this.config as InternalAxiosRequestConfig<unknown>;
    if (++this.#redirects > maxRedirects) {
      throw createException('TOO_MANY_REDIRECTS', { ...this.#facts(), detail: `more than ${maxRedirects} redirects` });
    }
    const next = followRedirect(request, head, rulesOf(this.config, this.#call), this.#facts());
    this.#next = next.body === undefined ? next : { ...next, body: freshBody(data, this.#call) };
  }

  #read(head: WireHead, exchange: Exchange): void {
    const { responseType, decompress = true, method } = this.config;
    if (head.status >= 400) attemptOf(this.config)?.refused(head.headers);
    const limit = limitOf(this.config);
    const isTooLarge = announcesTooMuch(head, method, limit);
    const isStream = responseType === 'stream' && isAccepted(head, this.config);
    this.#reader = new BodyReader({ head, exchange, decompress, isStream, limit }, this);
    if (isStream) this.#resolveStream(this.#reader.readable);
    else if (isTooLarge) this.#reader.refuse();
  }

  #resolveStream(stream: Readable | undefined): void {
    clearTimeout(this.#clock);
    stream?.once('close', this.#release.bind(this));
    this.resolve(toResponse(this.#head, stream, this.config));
  }

  /** An error status is more useful than a body failure: it is reported with the part of the body that arrived. */
  #failBody(code: ErrorCode, facts: Facts, body: Buffer = Buffer.alloc(0)): void {
    this.#guard(() => {
      const isSuccess = this.#head && isAccepted(this.#head, this.config);
      if (isSuccess) throw createException(code, { ...this.#facts(), ...facts });
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
    else this.reject(statusError(response));
  }

  #facts(): Facts & { readonly phase: Phase } {
    const phase = this.#head && !this.#next ? 'body' : (this.#exchange?.phase ?? 'connect');
    return { call: this.#call, config: this.config, request: this.#exchange?.request, phase };
  }

  /** An error thrown by a step ends the attempt, because event handlers have no caller that could catch it. */
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
    // First, because destroying the caller's body may throw.
    this.reject(error);
    // No exchange owns this body yet, and it may hold a file open.
    if (this.#next?.body instanceof Readable) this.#next.body.destroy();
    this.#exchange?.destroy();
    this.#reader?.destroy(error);
  }

  #release(): void {
    this.#isOver = true;
    clearTimeout(this.#clock);
    this.#unfollow?.();
  }
}
