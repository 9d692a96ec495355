import { context, isSpanContextValid, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import { isSuppressed } from '../context/open-telemetry';
import { callEnd, callStart, requestDone, requestStart } from '../events/channels';
import type { CallStart, RequestEnd, RequestStart } from '../events/messages';
import { REQUEST_HEADER, RESPONSE_HEADER } from './attribute-names';
import { beginCall, endCall, inCall } from './call-span';
import { knownMethods } from './http-method';
import { listen } from './listen';
import type { OpenTelemetrySettings } from './options';
import { inject, parentOf, suppressed } from './parents';
import { CapturedHeaders, startAttributes } from './request-attributes';
import { RequestSpan, RequestSpans } from './request-span';
import type { TemplateOf } from './url-template';

/** Makes a CLIENT span for each request on the wire. @returns a function that ends it: spans that have begun are not ended */
export function makeSpans(settings: OpenTelemetrySettings): () => void {
  const spans = new Spans(settings);
  const stops = [listen(requestStart, spans.start.bind(spans)), listen(requestDone, spans.end.bind(spans))];
  if (settings.callSpan) {
    stops.push(listen(callStart, spans.startCall.bind(spans)), listen(callEnd, endCall));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

class Spans {
  readonly #tracer = trace.getTracer('@hdms/http-client');
  readonly #known = knownMethods();
  readonly #spans = new RequestSpans();
  readonly #requestHeaders;
  readonly #responseHeaders;
  readonly #templateOf: TemplateOf;

  constructor({ requestHeaders, responseHeaders, urlTemplate }: OpenTelemetrySettings) {
    this.#requestHeaders = new CapturedHeaders(requestHeaders, REQUEST_HEADER);
    this.#responseHeaders = new CapturedHeaders(responseHeaders, RESPONSE_HEADER);
    this.#templateOf = urlTemplate ?? noTemplate;
  }

  start(message: RequestStart): void {
    const { call, request } = message;
    const active = context.active();
    if (isSuppressed(active)) return;
    // The headers of a redirected request are those of the request before, with its trace.
    const first = this.#spans.first(message);
    const parent = first?.parent ?? inCall(call, parentOf(message, active));
    const span = this.#startSpan(message, parent);
    if (!isSpanContextValid(span.spanContext())) return;
    const withSpan = trace.setSpan(parent, span);
    const sent = new RequestSpan(span, parent, suppressed(withSpan), request);
    this.#spans.remember(sent);
    inject(withSpan, request, first?.isOfOtherOrigin(request) ?? false);
    if (span.isRecording() && !this.#requestHeaders.isEmpty) span.setAttributes(this.#requestHeaders.of(request));
    request.sendIn(sent);
  }

  end(message: RequestEnd): void {
    const sent = this.#spans.take(message);
    if (!sent?.span.isRecording()) return;
    const { response } = message;
    sent.end(message, response && !this.#responseHeaders.isEmpty ? this.#responseHeaders.of(response) : undefined);
  }

  startCall({ call }: CallStart): void {
    beginCall(call, this.#tracer, this.#known, this.#templateOf);
  }

  #startSpan(message: RequestStart, parent: Context): Span {
    const { url, method } = message.request;
    const template = this.#template(message, url);
    const label = this.#known.has(method) ? method : 'HTTP';
    const name = template === undefined ? label : `${label} ${template}`;
    const attributes = startAttributes(message, this.#known, url, template);
    return this.#tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
  }

  /** A redirect leads to another path than that of the call. */
  #template({ call, request }: RequestStart, url: string): string | undefined {
    const known = request.resendKind === 'redirect' ? undefined : call.template;
    return known ?? this.#templateOf(url);
  }
}

function noTemplate(): undefined {
  return undefined;
}
