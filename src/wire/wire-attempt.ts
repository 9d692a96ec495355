import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { attemptOf } from '../call/call-of';
import { cancelledBy } from '../errors/cancelled';
import type { RequestException } from '../errors/exceptions';
import type { Call } from '../call/call';
import type { Phase } from '../journal/attempt';
import { peekSignal } from '../lean-axios/config-signal';
import { follow } from '../util/abort';
import { destroyQuietly } from '../util/destroy-quietly';
import { bodyError, tooLarge, undecodable } from './body-failure';
import { BodyReader, type BodyEvents } from './body-reader';
import { expiryException, startClock, type Expiry, type FactsOfCall, type Timed } from '../call/clock';
import { codingsOf } from './decoding';
import { announcesTooMuch, limitOf } from './size-limit';
import { isFollowed, nextRequest } from './redirect';
import { RedirectBody } from './redirect-body';
import type { RedirectPolicy } from './redirect-policy';
import { isAccepted, statusError, toData, toResponse } from './wire-response';
import type { Exchange, Transport, WireEvents, WireFailure, WireHead, WireRequest } from '../transports/transport';
import { thrownException, unsentException, wireException } from './wire-exception';
import { requests, sendInTurn } from './send-in-turn';
import { toWireRequest } from './wire-request';

/** One attempt: from the config to the last byte of the response, redirects included. Remembers the call's async context. */
export class WireAttempt extends AsyncResource implements WireEvents, BodyEvents, Timed {
  clock: NodeJS.Timeout | undefined;
  /** The request that is not dispatched yet: the first, or the one that a redirect asks for. */
  #next: WireRequest | undefined;
  /** The request that was dispatched last, and the head of its response. */
  #request: WireRequest | undefined;
  #exchange: Exchange | undefined;
  #head: WireHead | undefined;
  /** Where the body goes: that of a redirect, of which only its end matters, or that of the response. */
  #redirectBody: RedirectBody | undefined;
  #reader: BodyReader | undefined;
  #redirects = 0;
  #isOver = false;
  #unfollow: (() => void) | undefined;

  constructor(
    private readonly transport: Pick<Transport, 'dispatch'>,
    private readonly config: InternalAxiosRequestConfig,
    private readonly call: Call,
    private readonly resolve: (response: AxiosResponse) => void,
    private readonly reject: (error: unknown) => void,
    private readonly policy: RedirectPolicy,
  ) {
    super('HTTPAttempt');
  }

  start(freesLate = false): void {
    const isAlone = requests.underWay++ === 0 && !freesLate;
    this.#guard(() => {
      const signal = 'signal' in this.config ? peekSignal(this.config) : undefined;
      if (signal?.aborted) throw cancelledBy(signal.reason, this.#facts());
      const request = (this.#next = toWireRequest(this.config, this.call));
      if (signal) this.#unfollow = follow(signal, this.cancel.bind(this));
      this.clock = startClock(this.config, this.call, this);
      if (this.config.attemptState?.mayLose) this.config.attemptState.works(this);
      const turn = { isAlone, mayBeCancelled: signal !== undefined, freesLate };
      sendInTurn(this, this.#dispatch.bind(this, request), turn);
    });
  }

  head(head: WireHead, exchange: Exchange): void {
    this.#guard(() => {
      this.#head = head;
      // Of a transport that responds before `dispatch` returns, it is not known yet.
      this.#exchange = exchange;
      const request = this.#request;
      if (request && head.status >= 300 && isFollowed(head, this.config)) this.#follow(request, head, exchange);
      else this.#read(head, exchange);
    });
  }

  data(chunk: Buffer): void {
    this.#guard(() => (this.#redirectBody ?? this.#reader)?.push(chunk));
  }

  end(): void {
    this.#guard(() => (this.#redirectBody ?? this.#reader)?.end());
  }

  error(failure: WireFailure): void {
    if (this.#redirectBody) this.#redirectBody.end();
    else this.#failBody(wireException(failure, this.#facts()));
  }

  complete(body: Buffer): void {
    this.#guard(() => {
      const response = toResponse(this.#head, toData(body, this.config, this.#head), this.config);
      const accepted = isAccepted(response, this.config);
      this.#release();
      if (accepted) this.resolve(response);
      else this.reject(statusError(response));
    });
  }

  tooLarge(): void {
    this.#failBody(tooLarge(this.config, this.#facts()));
  }

  undecodable(cause: Error): void {
    this.#failBody(undecodable(cause, this.#facts()));
  }

  /** For a stream, the clock runs only while the reader waits for more. */
  reading(isReading: boolean): void {
    clearTimeout(this.clock);
    this.clock = isReading && !this.#isOver ? startClock(this.config, this.call, this) : undefined;
  }

  onExpiry(expiry: Expiry): void {
    this.#exchange?.timedOut?.();
    this.#failBody(expiryException(expiry, this.#facts()));
  }

  cancel(reason: unknown): void {
    this.#fail(cancelledBy(reason, this.#facts()));
  }

  /** Sends a request, unless the attempt is over by then. */
  #dispatch(request: WireRequest): void {
    this.#guard(() => {
      this.#request = request;
      this.#next = this.#redirectBody = this.#head = undefined;
      this.#exchange = this.transport.dispatch(request, this);
    }, unsentException);
  }

  #follow(request: WireRequest, head: WireHead, exchange: Exchange): void {
    const { config, policy } = this;
    const count = ++this.#redirects;
    const next = (this.#next = nextRequest({ request, head, count, config, policy, facts: this.#facts() }));
    this.#redirectBody = new RedirectBody(head, request.method, exchange, () => {
      // The redirect's connection is free for the next request one tick later.
      this.runInAsyncScope(process.nextTick.bind(process, this.#dispatch.bind(this, next)));
    });
  }

  #read(head: WireHead, exchange: Exchange): void {
    if (head.status >= 400) attemptOf(this.config)?.refused(head.headers);
    const limit = limitOf(this.config);
    const isTooLarge = announcesTooMuch(head, this.config.method, limit);
    const isStream = this.config.responseType === 'stream' && isAccepted(head, this.config);
    this.#reader = new BodyReader({ head, exchange, codings: codingsOf(head, this.config), isStream, limit }, this);
    if (isStream) {
      // Counted no longer: a stream that nobody reads, like the body of a HEAD, never closes.
      requests.underWay -= 1;
      this.reading(false);
      const stream = (this.call.stream = this.#reader.readable);
      stream?.once('close', this.#release.bind(this));
      this.resolve(toResponse(this.#head, stream, this.config));
    } else if (isTooLarge) this.#reader.refuse();
  }

  #failBody(failure: RequestException): void {
    this.#guard(() => {
      throw bodyError(this.#head, this.#reader?.received, this.config, failure);
    });
  }

  #facts(): FactsOfCall & { readonly phase: Phase } {
    const phase = this.#head && !this.#next ? 'body' : (this.#exchange?.phase ?? 'connect');
    const facts = { call: this.call, config: this.config, request: this.#exchange?.request, phase };
    // Whatever happens to the next request, the server that redirected has received this one.
    return this.#redirects > 0 ? { ...facts, sent: 'yes' } : facts;
  }

  /** An error thrown by a step ends the attempt, because event handlers have no caller that could catch it. */
  #guard(step: () => void, explain = thrownException): void {
    if (this.#isOver) return;
    try {
      step();
    } catch (thrown) {
      this.#fail(explain(thrown, this.#facts()));
    }
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#release();
    this.reject(error);
    // After `reject`, because it may throw. No exchange owns this body yet, and it may hold a file open.
    if (this.#next?.body instanceof Readable) destroyQuietly(this.#next.body);
    if (this.#exchange) destroyQuietly(this.#exchange, error);
    this.#reader?.destroy(error);
  }

  #release(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#reader?.isStream) requests.underWay -= 1;
    this.reading(false);
    this.#unfollow?.();
    this.#redirectBody?.cancel();
  }
}
