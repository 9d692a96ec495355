import { context, SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import type { AttemptView } from '../events/attempt-view';
import type { RequestEnd, RequestStart } from '../events/messages';
import type { RequestScope, RequestView } from '../events/request-view';
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
    const isLost = attempt.outcome === 'lost';
    span.setAttributes(endAttributes(message, isLost));
    if (headers) span.setAttributes(headers);
    const isRejected = response !== undefined && response.status >= 400;
    if (isRejected && !isLost) span.setStatus({ code: SpanStatusCode.ERROR });
    else if (error && !isLost) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.end();
  }
}

/** Of one attempt, whose requests follow each other. One entry for all of them, because setting one costs as much as a span. */
interface AttemptSpans {
  readonly first: RequestSpan;
  current: RequestSpan | undefined;
}

const spansOf = new WeakMap<AttemptView, AttemptSpans>();

export function rememberSpan({ attempt }: RequestStart, span: RequestSpan): void {
  const spans = spansOf.get(attempt);
  if (spans) spans.current = span;
  else spansOf.set(attempt, { first: span, current: span });
}

/** The span of a request; only the first time. */
export function takeSpan({ request, attempt }: RequestEnd): RequestSpan | undefined {
  const spans = spansOf.get(attempt);
  const span = spans?.current;
  if (!spans || span?.request !== request) return undefined;
  spans.current = undefined;
  return span;
}

/** The span of the request whose redirect leads to this one. */
export function firstSpan({ request, attempt }: RequestStart): RequestSpan | undefined {
  return request.resendKind === 'redirect' ? spansOf.get(attempt)?.first : undefined;
}
