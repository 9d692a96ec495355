import { context, SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
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
    private readonly request: RequestView,
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

/** The fields of views in which subscribers of this room keep their state. A WeakMap costs more than all the rest. */
const REQUEST = Symbol('span of the request');
const ATTEMPT = Symbol('span of the first request');

interface Tagged {
  [REQUEST]?: RequestSpan | undefined;
  [ATTEMPT]?: RequestSpan | undefined;
}

export function rememberSpan({ request, attempt }: RequestStart, span: RequestSpan): void {
  const { [ATTEMPT]: first } = attempt as Tagged;
  (request as Tagged)[REQUEST] = span;
  if (!first) (attempt as Tagged)[ATTEMPT] = span;
}

/** The span of a request; only the first time. */
export function takeSpan({ request }: RequestEnd): RequestSpan | undefined {
  const tagged = request as Tagged;
  const span = tagged[REQUEST];
  if (span) tagged[REQUEST] = undefined;
  return span;
}

/** The span of the request whose redirect leads to this one. */
export function firstSpan({ request, attempt }: RequestStart): RequestSpan | undefined {
  return request.resendKind === 'redirect' ? (attempt as Tagged)[ATTEMPT] : undefined;
}
