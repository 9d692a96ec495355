import type { RequestException } from '../errors/exceptions';
import type { Attempt } from '../journal/attempt';
import type { AttemptSource } from './attempt-view';
import { CallRecord, type AttemptRecord, type ObservedCall } from './call-record';
import { requestDone, requestEnd, requestHeaders, requestStart } from './channels';
import type { RequestStart } from './messages';
import { ErrorView, ResponseView, type ResponseSource } from './outcome-views';
import { publishRequestEnd, publishRequestHeaders, publishRequestStart } from './publish';
import { RequestView, type RequestSource, type ViewedRequest } from './request-view';
import { Stopwatch } from './stopwatch';

/** Publishes the requests of one attempt, one after the other: the first one, and those that follow redirects. */
export class RequestEvents {
  readonly #call: ObservedCall;
  readonly #attempt: AttemptRecord;
  readonly #transport: string;
  /** Of the request that is under way. */
  #message: RequestStart | undefined;
  #request: ViewedRequest | undefined;
  #response: ResponseView | undefined;
  #watch: Stopwatch | undefined;

  constructor(call: ObservedCall, line: Attempt, source: AttemptSource, transport: string) {
    this.#call = call;
    this.#attempt = CallRecord.of(call).attempt(line, source);
    this.#transport = transport;
  }

  /** A request goes out now. @returns what its transport is to note, if anybody wants to know */
  begin({ method, url, headers }: RequestSource): Stopwatch | undefined {
    const { view: attempt, next } = this.#attempt;
    const record = CallRecord.of(this.#call);
    const resend = { count: record.countRequest(this.#attempt), kind: next?.kind, reason: next?.reason };
    const request = (this.#request = { method, url, headers, isSent: false });
    const view = new RequestView(request, this.#transport, resend);
    this.#message = Object.freeze({ call: record.view, attempt, request: view });
    this.#response = undefined;
    const isTiming = requestEnd.hasSubscribers;
    return (this.#watch = isTiming || requestDone.hasSubscribers ? new Stopwatch(isTiming) : undefined);
  }

  /** Sends the request that has begun, in the stores of subscribers. */
  send<T>(send: () => T): T {
    const message = this.#message;
    const request = this.#request;
    const sendNow = (): T => {
      if (request) request.isSent = true;
      return send();
    };
    return message && requestStart.hasSubscribers ? publishRequestStart(message, sendNow) : sendNow();
  }

  headers(head: ResponseSource): void {
    this.#watch?.begin('receive');
    this.#attempt.next = { kind: 'redirect', reason: String(head.status) };
    const message = this.#message;
    if (!message) return;
    // Not the head itself, which leads to the request: who keeps a view does not keep a body.
    const { status, headers } = head;
    this.#response = new ResponseView({ status, headers });
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
    if (!requestEnd.hasSubscribers && !requestDone.hasSubscribers) return;
    const watch = this.#watch;
    const { call, attempt, request } = message;
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
