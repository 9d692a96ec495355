import type { AttemptView } from '../events/attempt-view';
import type { CallView } from '../events/call-view';
import type { CallEnd, RequestEnd } from '../events/messages';
import type { ErrorView } from '../events/outcome-views';
import type { RequestView } from '../events/request-view';
import { RecordedAttempt } from './recorded-attempt';
import type { RecordedRequest } from './recorded-request';
import { shortened } from './shortened';
import type { CallDetail, CallReport, ContextReport, ErrorReport } from './report';

/** Characters that a record takes beside its URLs and headers. */
const BASE_SIZE = 500;

/** How a call ended. */
export interface EndOfCall extends Pick<CallEnd, 'call'> {
  readonly response?: { readonly status: number } | undefined;
  readonly error?: Pick<ErrorView, 'name' | 'code' | 'message' | 'cause' | 'status'> | undefined;
}

/**
 * A call as the inspector keeps it. From its end on, it holds nothing of the service: neither the call nor the inbound request.
 * Thousands of these outlive the young generation of V8, where each object costs time: what is known stands in fields.
 */
export class RecordedCall {
  readonly key: number;
  readonly clientId: number;
  /** Changes with the call, and orders the changes of all calls. */
  version = 0;
  /** Characters that it takes. */
  size = BASE_SIZE;
  /** The one that began after it. */
  next: RecordedCall | undefined = undefined;
  readonly #startedAt: number;
  #attempt: RecordedAttempt | undefined = undefined;
  #view: CallView | undefined;
  #client: string | undefined = undefined;
  #method = '';
  #template: string | undefined = undefined;
  #limit: number | undefined = undefined;
  #retries = 0;
  /** Microseconds. */
  #took = 0;
  #context: ContextReport | undefined = undefined;
  #status: number | undefined = undefined;
  #error: ErrorReport | undefined = undefined;
  /** Only of a call that sent nothing: others have that of their first request. */
  #url: string | undefined = undefined;

  /** @param elapsed seconds since it began */
  constructor(view: CallView, elapsed: number) {
    this.key = view.number;
    this.clientId = view.clientId;
    this.#view = view;
    this.#startedAt = Date.now() - Math.round(elapsed * 1000);
  }

  get isOpen(): boolean {
    return this.#view !== undefined;
  }

  /** Seconds that it took. */
  get took(): number {
    return this.#took / 1e6;
  }

  /** `undefined` after the end of the call: the view leads to it. */
  attempt(view: AttemptView): RecordedAttempt | undefined {
    if (!this.isOpen) return undefined;
    let last: RecordedAttempt | undefined;
    for (let one = this.#attempt; one; one = one.next) {
      if (one.isOf(view)) return one;
      last = one;
    }
    const added = new RecordedAttempt(view, Date.now() - this.#startedAt);
    if (last) last.next = added;
    else this.#attempt = added;
    return added;
  }

  /** `undefined` after the end of the call. */
  request(attempt: AttemptView, view: RequestView): RecordedRequest | undefined {
    return this.attempt(attempt)?.request(view, this.#startedAt);
  }

  /** Of a streamed response, this comes after the end of the call. */
  requestEnded(message: RequestEnd): void {
    for (let one = this.#attempt; one; one = one.next) one.requestEnded(message);
  }

  end({ call, response, error }: EndOfCall): void {
    this.#note(call);
    this.#view = undefined;
    this.#status = error?.status ?? response?.status;
    this.#error = error && errorReport(error);
    let size = BASE_SIZE + this.#textSize();
    for (let one = this.#attempt; one; one = one.next) size += one.letGo();
    this.size = size;
  }

  report(): CallReport {
    if (this.#view) this.#note(this.#view);
    const state = this.isOpen ? 'open' : this.#error ? 'failed' : 'ok';
    return {
      key: this.key,
      at: this.#startedAt,
      client: this.#client,
      clientId: this.clientId,
      method: this.#method,
      url: this.#attempt?.url ?? this.#url ?? '',
      template: this.#template,
      limit: this.#limit,
      retries: this.#retries,
      context: this.#context,
      status: this.#status,
      error: this.#error,
      took: this.isOpen ? undefined : this.took,
      state,
      attempts: this.#attempts().map((attempt) => attempt.report(this.#startedAt)),
    };
  }

  detail(): CallDetail {
    const exchanges = this.#attempts().flatMap((attempt) => attempt.exchanges(this.#startedAt));
    return { ...this.report(), exchanges };
  }

  #attempts(): RecordedAttempt[] {
    const attempts: RecordedAttempt[] = [];
    for (let one = this.#attempt; one; one = one.next) attempts.push(one);
    return attempts;
  }

  #note(view: CallView): void {
    const { context, template, limit } = view;
    this.#client = view.client;
    this.#method = view.method;
    this.#template = template === undefined ? undefined : shortened(template);
    this.#limit = limit === Infinity ? undefined : limit;
    this.#retries = view.retries;
    this.#took = Math.round(view.elapsed * 1e6);
    this.#context = context && contextReport(context);
    if (!this.#attempt) this.#url = shortened(view.url);
  }

  /** Characters of its texts. */
  #textSize(): number {
    const [error, context] = [this.#error, this.#context];
    const texts = [this.#url, this.#template, error?.message, error?.cause, context?.requestId, context?.route];
    return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  }
}

function errorReport({ name, code, message, cause }: NonNullable<EndOfCall['error']>): ErrorReport {
  return { name, code, message: shortened(message), cause: cause === undefined ? undefined : shortened(cause) };
}

function contextReport({ requestId, traceId, route }: ContextReport): ContextReport {
  return { requestId: shortened(requestId), traceId, route: route === undefined ? undefined : shortened(route) };
}
