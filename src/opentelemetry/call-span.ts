import {
  context,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { isSuppressed } from '../context/open-telemetry';
import { currentContext } from '../context/run-in-context';
import type { RequestContext } from '../context/inbound-context';
import type { CallView } from '../events/call-view';
import type { CallEnd } from '../events/messages';
import * as names from './attribute-names';
import { OTHER } from './closed-values';
import { parentOfCall } from './parents';
import { requestErrorType } from './request-attributes';
import type { TemplateOf } from './url-template';

/** The span of a call. It is made with the first request, whose headers may name its parent, and starts with the call. */
class CallSpan {
  readonly #startTime: number;
  readonly #active = context.active();
  readonly #inbound: RequestContext | undefined;
  #span: Span | undefined;

  constructor(
    private readonly tracer: Tracer,
    private readonly known: ReadonlySet<string>,
    private readonly view: CallView,
    private readonly templateOf: TemplateOf,
  ) {
    // The call may have begun before the telemetry.
    this.#startTime = Date.now() - view.elapsed * 1000;
    this.#inbound = view.context && currentContext();
  }

  span(parent = parentOfCall(this.#active, this.#inbound)): Span {
    if (this.#span) return this.#span;
    const { method } = this.view;
    const template = this.view.template ?? this.templateOf(this.view.url);
    const label = this.known.has(method) ? method : 'HTTP';
    const name = template === undefined ? `call ${label}` : `call ${label} ${template}`;
    return (this.#span = this.tracer.startSpan(
      name,
      { startTime: this.#startTime, attributes: this.#attributes(template) },
      parent,
    ));
  }

  end({ response, error }: CallEnd): void {
    const span = this.span();
    if (span.isRecording()) {
      const status = response?.status ?? error?.status;
      if (status !== undefined) span.setAttribute(names.STATUS_CODE, status);
      const failure = requestErrorType(undefined, error);
      if (failure !== undefined) {
        span.setAttribute(names.ERROR_TYPE, failure);
        span.setStatus({ code: SpanStatusCode.ERROR, ...(error && { message: error.message }) });
      }
    }
    span.end(this.#startTime + this.view.elapsed * 1000);
  }

  #attributes(template: string | undefined): Attributes {
    const { method, address, port, client } = this.view;
    const attributes: Attributes = { [names.METHOD]: this.known.has(method) ? method : OTHER };
    if (address !== undefined) attributes[names.SERVER_ADDRESS] = address;
    if (port !== undefined) attributes[names.SERVER_PORT] = port;
    if (template !== undefined) attributes[names.URL_TEMPLATE] = template;
    if (client !== undefined) attributes[names.CLIENT_NAME] = client;
    return attributes;
  }
}

const spanOf = new WeakMap<CallView, CallSpan>();

export function beginCall(call: CallView, tracer: Tracer, known: ReadonlySet<string>, templateOf: TemplateOf): void {
  if (!isSuppressed(context.active())) spanOf.set(call, new CallSpan(tracer, known, call, templateOf));
}

/** The context in which the span of the call, if there is one, is the parent. */
export function inCall(call: CallView, parent: Context): Context {
  const span = spanOf.get(call)?.span(parent);
  return span ? trace.setSpan(parent, span) : parent;
}

export function endCall(message: CallEnd): void {
  const span = spanOf.get(message.call);
  spanOf.delete(message.call);
  span?.end(message);
}
