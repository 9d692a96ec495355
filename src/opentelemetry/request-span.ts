import { context, SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import type { AttemptView } from '../events/attempt-view';
import type { RequestEnd, RequestStart } from '../events/messages';
import type { RequestScope, RequestView } from '../events/request-view';
import { ERROR_TYPE } from './attribute-names';
import { endAttributes } from './request-attributes';

/** The span of one request, and the context in which it is sent. */
export class RequestSpan implements RequestScope {
  constructor(
    readonly span: Span,
    /** The context of its parent. */
    readonly parent: Context,
    /** In which tracing is suppressed. */
    private readonly sending: Context,
    readonly request: RequestView,
  ) {}

  run<T>(send: () => T): T {
    return context.with(this.sending, send);
  }

  isOfOtherOrigin({ address, port }: RequestView): boolean {
    return address !== this.request.address || port !== this.request.port;
  }

  end(message: RequestEnd, headers: Attributes | undefined): void {
    const { span } = this;
    const { error, response, attempt } = message;
    const attributes = endAttributes(message, attempt.outcome === 'lost');
    span.setAttributes(attributes);
    if (headers) span.setAttributes(headers);
    if (attributes[ERROR_TYPE] !== undefined) {
      // A status of a response says enough.
      const isRejected = response !== undefined && response.status >= 400;
      span.setStatus({ code: SpanStatusCode.ERROR, ...(error && !isRejected && { message: error.message }) });
    }
    span.end();
  }
}

/** The spans of requests that are under way. In a Map, because an entry of a WeakMap costs as much as the span. */
export class RequestSpans {
  readonly #underWay = new Map<RequestView, RequestSpan>();
  /** Of attempts that a server has redirected, the span of the first request. */
  readonly #redirected = new WeakMap<AttemptView, RequestSpan>();

  remember(span: RequestSpan): void {
    this.#underWay.set(span.request, span);
  }

  /** The span of a request; only the first time. */
  take({ request, attempt, response }: RequestEnd): RequestSpan | undefined {
    const span = this.#underWay.get(request);
    if (!span) return undefined;
    this.#underWay.delete(request);
    const { status = 0 } = response ?? {};
    if (status >= 300 && status < 400 && !this.#redirected.has(attempt)) this.#redirected.set(attempt, span);
    return span;
  }

  /** The span of the request whose redirect leads to this one. */
  first({ request, attempt }: RequestStart): RequestSpan | undefined {
    return request.resendKind === 'redirect' ? this.#redirected.get(attempt) : undefined;
  }
}
