import type { AttemptView } from '../events/attempt-view';
import type { CallView } from '../events/call-view';
import type { CallEnd, RequestEnd } from '../events/messages';
import type { ErrorView } from '../events/outcome-views';
import type { RequestView } from '../events/request-view';
import { RecordedRequest } from './recorded-request';
import { shortened } from './shortened';
import type { AttemptReport, CallDetail, CallReport, ContextReport, ErrorReport } from './report';

/** Characters that a record takes beside its URLs and headers. */
const BASE_SIZE = 500;

/** How a call ended. */
export interface CallOutcome extends Pick<CallEnd, 'call'> {
  readonly response?: { readonly status: number } | undefined;
  readonly error?: Pick<ErrorView, 'name' | 'code' | 'message' | 'cause' | 'status'> | undefined;
}

/** A call as the inspector keeps it. From its end on, it holds nothing of the service: neither the call nor the inbound request. */
export class RecordedCall {
  readonly key: number;
  readonly clientId: number;
  /** Changes with the call, and orders the changes of all calls. */
  version = 0;
  /** Characters that it takes. */
  size = BASE_SIZE;
  readonly #startedAt: number;
  readonly #attempts: RecordedAttempt[] = [];
  #view: CallView | undefined;
  #end: CallFacts | undefined = undefined;

  constructor(view: CallView) {
    this.key = view.number;
    this.clientId = view.clientId;
    this.#view = view;
    this.#startedAt = Date.now() - view.elapsed * 1000;
  }

  get isOpen(): boolean {
    return this.#view !== undefined;
  }

  /** `undefined` after the end of the call: the view leads to it. */
  attempt(view: AttemptView): RecordedAttempt | undefined {
    if (!this.isOpen) return undefined;
    const latest = this.#attempts.at(-1);
    if (latest?.isOf(view)) return latest;
    const known = this.#attempts.find((one) => one.isOf(view));
    if (known) return known;
    const added = new RecordedAttempt(view);
    this.#attempts.push(added);
    return added;
  }

  /** Of a streamed response, this comes after the end of the call. */
  requestEnded(message: RequestEnd): void {
    for (const { requests } of this.#attempts) requests.find((one) => one.isOf(message.request))?.end(message);
  }

  end({ call, response, error }: CallOutcome): void {
    this.#end = new CallFacts(call, this.#attempts.length === 0, response?.status, error);
    this.#view = undefined;
    let size = BASE_SIZE + this.#end.size;
    for (const attempt of this.#attempts) {
      size += attempt.letGo();
    }
    this.size = size;
  }

  report(): CallReport {
    const facts = this.#end ?? (this.#view && new CallFacts(this.#view, this.#attempts.length === 0));
    const url = this.#attempts[0]?.requests[0]?.url ?? facts?.url ?? '';
    const { client, clientId = 0, method = '', template, limit, retries = 0, context, status, error } = facts ?? {};
    return {
      ...{ key: this.key, at: this.#startedAt, client, clientId, method, url, template, limit, retries, context },
      ...{ status, error, took: this.#end?.elapsed, state: this.#end ? (error ? 'failed' : 'ok') : 'open' },
      attempts: this.#attempts.map((attempt) => attempt.report()),
    };
  }

  detail(): CallDetail {
    const exchanges = this.#attempts.flatMap((attempt) => attempt.requests.map((one) => one.detail()));
    return { ...this.report(), exchanges };
  }
}

/** What is read of a call before it is let go. */
class CallFacts {
  readonly client: string | undefined;
  readonly clientId: number;
  readonly method: string;
  readonly template: string | undefined;
  readonly limit: number | undefined;
  readonly retries: number;
  readonly elapsed: number;
  readonly context: ContextReport | undefined;
  readonly status: number | undefined;
  readonly error: ErrorReport | undefined;
  /** Only of a call that sent nothing: others have that of their first request. */
  readonly url: string | undefined;

  constructor(view: CallView, hasSentNothing: boolean, status?: number, error?: CallOutcome['error']) {
    const { context, limit } = view;
    this.client = view.client;
    this.clientId = view.clientId;
    this.method = view.method;
    this.template = view.template === undefined ? undefined : shortened(view.template);
    this.limit = limit === Infinity ? undefined : limit;
    this.retries = view.retries;
    this.elapsed = view.elapsed;
    this.context = context && contextReport(context);
    this.status = error?.status ?? status;
    this.error = error && {
      ...{ name: error.name, code: error.code, message: shortened(error.message) },
      cause: error.cause === undefined ? undefined : shortened(error.cause),
    };
    this.url = hasSentNothing ? shortened(view.url) : undefined;
  }

  /** Characters that it takes. */
  get size(): number {
    const { url, error, template, context } = this;
    const texts = [url, error?.message, error?.cause, template, context?.requestId, context?.route];
    return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  }
}

function contextReport({ requestId, traceId, route }: ContextReport): ContextReport {
  return { requestId: shortened(requestId), traceId, route: route === undefined ? undefined : shortened(route) };
}

/** One attempt, with its requests. */
export class RecordedAttempt {
  readonly requests: RecordedRequest[] = [];
  readonly #at = Date.now();
  #view: AttemptView | undefined;
  #facts: AttemptFacts | undefined = undefined;

  constructor(view: AttemptView) {
    this.#view = view;
  }

  isOf(view: AttemptView): boolean {
    return this.#view === view;
  }

  request(view: RequestView): RecordedRequest {
    const known = this.requests.find((one) => one.isOf(view));
    if (known) return known;
    const added = new RecordedRequest(view);
    this.requests.push(added);
    return added;
  }

  /**
   * The view leads to the call.
   *
   * @returns how many characters it takes
   */
  letGo(): number {
    this.#facts ??= this.#view && new AttemptFacts(this.#view);
    this.#view = undefined;
    let size = BASE_SIZE;
    for (const request of this.requests) size += request.shed();
    return size;
  }

  report(): AttemptReport {
    const { outcome, elapsed, decision, reason, wait, hedge } = this.#view ?? this.#facts ?? {};
    return {
      ...{ at: this.#at, outcome, decision, reason, wait },
      took: outcome === undefined ? undefined : elapsed,
      hedge: hedge ? true : undefined,
      requests: this.requests.map((one) => one.report()),
    };
  }
}

class AttemptFacts {
  readonly outcome: number | string | undefined;
  readonly elapsed: number;
  readonly decision: AttemptReport['decision'];
  readonly reason: string | undefined;
  readonly wait: number | undefined;
  readonly hedge: boolean;

  constructor(view: AttemptView) {
    this.outcome = view.outcome;
    this.elapsed = view.elapsed;
    this.decision = view.decision;
    this.reason = view.reason;
    this.wait = view.wait;
    this.hedge = view.hedge;
  }
}
