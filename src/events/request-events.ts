import type { RequestException } from '../errors/exceptions';
import type { Attempt } from '../journal/attempt';
import type { AttemptSource } from './attempt-view';
import { CallRecord, type AttemptRecord, type ObservedCall } from './call-record';
import { requestDone, requestEnd, requestHeaders, requestStart } from './channels';
import type { RequestStart } from './messages';
import { ErrorView, ResponseView, type ResponseSource } from './outcome-views';
import { publishRequestEnd, publishRequestHeaders, publishRequestStart } from './publish';
import { RequestView, type RequestSource } from './request-view';
import { Stopwatch } from './stopwatch';

/** Publishes the requests of one attempt, one after the other: the first one, and those that follow redirects. */
export class RequestEvents {
  readonly #call: ObservedCall;
  readonly #attempt: AttemptRecord;
  readonly #transport: string;
  /** Of the request that is under way. */
  #message: RequestStart | undefined;
  #response: ResponseView | undefined;
  #watch: Stopwatch | undefined;

  constructor(call: ObservedCall, line: Attempt, source: AttemptSource, transport: string) {
    this.#call = call;
    this.#attempt = CallRecord.of(call).attempt(line, source);
    this.#transport = transport;
  }

  /** A request goes out now. @returns what its transport is to note, if anybody wants to know */
  begin(source: RequestSource): Stopwatch | undefined {
    const { view: attempt, next } = this.#attempt;
    const record = CallRecord.of(this.#call);
    const count = record.countRequest(this.#attempt);
    const resend = count === 0 && !next ? undefined : { count, kind: next?.kind, reason: next?.reason };
    const startedAt = performance.now();
    const request = new RequestView(source, this.#transport, resend, startedAt);
    this.#message = Object.freeze({ call: record.view, attempt, request });
    this.#response = undefined;
    const isTiming = requestEnd.hasSubscribers;
    return (this.#watch = isTiming || requestDone.hasSubscribers ? new Stopwatch(isTiming, startedAt) : undefined);
  }

  /** What the transport of the request that is under way is to note. */
  get watch(): Stopwatch | undefined {
    return this.#watch;
  }

  /** Sends the request that has begun, in the stores and scopes of subscribers. */
  send<T>(send: () => T): T {
    const message = this.#message;
    if (!message) return send();
    if (requestStart.hasSubscribers) return publishRequestStart(message, send);
    return RequestView.dispatch(message.request, send);
  }

  /** Only the first time counts. */
  headers(head: ResponseSource): void {
    if (this.#response) return;
    this.#watch?.begin('receive');
    if (head.status >= 300 && head.status < 400) this.#attempt.next = { kind: 'redirect', reason: String(head.status) };
    const message = this.#message;
    if (!message) return;
    // Not the head itself, which leads to the request: who keeps a view does not keep a body. The caller may change its headers.
    this.#response = new ResponseView({ status: head.status, headers: { ...head.headers } });
    if (requestHeaders.hasSubscribers) publishRequestHeaders(message, this.#response);
  }

  get isUnderWay(): boolean {
    return this.#message !== undefined;
  }

  /** Only the first time counts. */
  end(error?: RequestException): void {
    const message = this.#message;
    if (!message) return;
    this.#message = undefined;
    const { request } = message;
    if (requestEnd.hasSubscribers || requestDone.hasSubscribers) this.#publishEnd(message, error);
    RequestView.end(request);
  }

  #publishEnd({ call, attempt, request }: RequestStart, error: RequestException | undefined): void {
    const watch = this.#watch;
    publishRequestEnd({
      call,
      attempt,
      request,
      response: this.#response,
      error: error && new ErrorView(error),
      timings: watch?.timings(),
      connection: watch?.connection,
    });
  }
}
