import type { Attributes } from '@opentelemetry/api';
import { breakerEvent, budgetEvent, callEnd, requestDone, requestStart, tokenEvent } from '../events/channels';
import type { CallEnd, RequestEnd, TokenEvent } from '../events/messages';
import * as names from './attribute-names';
import { callErrorType, refusalReason, resendReason, tokenSource } from './closed-values';
import { Instrumentations } from './instrumentations';
import type { Instruments } from './instruments';
import { listen } from './listen';
import { CurrentMeter } from './meter';
import * as own from './metric-attributes';
import type { OpenTelemetrySettings } from './options';
import { AllSeries, type Series } from './series';
import { States } from './states';
import { Templates } from './templates';

/** Records the metrics of all calls. @returns a function that ends it */
export function recordMetrics(settings: OpenTelemetrySettings): () => void {
  const states = new States();
  const meter = new CurrentMeter(states);
  const templates = new Templates(settings.urlTemplate);
  const recorder = new MetricsRecorder(meter, settings.requestDuration, templates);
  const stops = [
    listen(requestDone, recorder.request.bind(recorder)),
    listen(callEnd, recorder.call.bind(recorder)),
    listen(tokenEvent, recorder.token.bind(recorder)),
    listen(tokenEvent, states.token.bind(states)),
    listen(breakerEvent, states.breaker.bind(states)),
    listen(budgetEvent, states.budget.bind(states)),
    meter.stop.bind(meter),
  ];
  if (settings.urlTemplate) stops.push(listen(requestStart, templates.start.bind(templates)));
  return () => {
    for (const stop of stops) stop();
  };
}

const OUTCOME = [names.STATUS_CODE, names.ERROR_TYPE, names.PROTOCOL_VERSION];
const ERROR = [names.ERROR_TYPE];
const RESEND = [own.RESEND_KIND, own.RESEND_REASON];
const RESEND_REASON = [own.RESEND_REASON];
const REFUSAL = [own.REFUSAL_REASON];

class MetricsRecorder {
  readonly #series = new AllSeries();
  readonly #instrumentations = new Instrumentations();

  constructor(
    private readonly meter: CurrentMeter,
    private readonly requestDuration: OpenTelemetrySettings['requestDuration'],
    private readonly templates: Templates,
  ) {}

  request(message: RequestEnd): void {
    const instruments = this.meter.instruments();
    if (!instruments) return;
    const { resends, requestDuration } = instruments;
    const { request } = message;
    const isFirst = request.resendKind === undefined;
    const isRecorded = this.#isRecorded(message);
    if (isFirst && !isRecorded) return;
    const series = this.#ofRequest(message);
    if (!isFirst) resends.add(1, series.with(RESEND, request.resendKind, resendReason(request.resendReason)));
    if (isRecorded) requestDuration.record(request.elapsed, outcomeOf(message, series));
  }

  call({ call, error }: CallEnd): void {
    const instruments = this.meter.instruments();
    if (!instruments) return;
    const { elapsed, limit } = call;
    const { client, method, address, port } = call;
    const series = this.#series.of({ client, method, address, port, template: this.templates.ofCall(call) });
    const failed = error && series.with(ERROR, callErrorType(error.status, error.code));
    instruments.callDuration.record(elapsed, failed ?? series.attributes);
    if (limit !== Infinity) {
      // Timers may be a fraction of a millisecond early.
      const left = error?.code === 'DEADLINE_EXCEEDED' ? 0 : Math.max(0, limit - elapsed);
      instruments.deadlineRemaining.record(left, series.attributes);
    }
    if (error) instruments.refusals.add(1, series.with(REFUSAL, refusalReason(call.reason, error)));
    if (call.retries > 0) recordDelays(call.attempts, series, instruments);
  }

  token({ source, event, elapsed, error }: TokenEvent): void {
    const instruments = this.meter.instruments();
    // A token that a service has refused is no request to the source.
    if (!instruments || event === 'refused') return;
    const type = callErrorType(error?.status, error?.code);
    const attributes = {
      [own.TOKEN_SOURCE]: tokenSource(source),
      ...(type !== undefined && { [names.ERROR_TYPE]: type }),
    };
    instruments.tokenRequests.add(1, attributes);
    if (elapsed !== undefined) instruments.tokenDuration.record(elapsed, attributes);
  }

  #isRecorded({ request, connection }: RequestEnd): boolean {
    if (this.requestDuration !== 'auto') return this.requestDuration;
    return !this.#instrumentations.record(request.transport, request.scheme, connection?.protocol);
  }

  #ofRequest({ call, request }: RequestEnd): Series {
    const { method, address, port } = request;
    const template = this.templates.ofRequest(call, request);
    return this.#series.of({ client: call.client, method, address, port, template });
  }
}

function outcomeOf({ response, error, connection }: RequestEnd, series: Series): Attributes {
  const status = response?.status;
  const isRefused = status !== undefined && status >= 400;
  const type = callErrorType(isRefused ? status : undefined, error?.code);
  return series.with(OUTCOME, status, type, connection?.protocol);
}

/** Only those of retries that were made: a call may end during a wait. */
function recordDelays(attempts: CallEnd['call']['attempts'], series: Series, { retryDelay }: Instruments): void {
  for (const { decision, wait, reason } of attempts.slice(0, -1)) {
    if (decision === 'retry' && wait !== undefined) {
      retryDelay.record(wait, series.with(RESEND_REASON, resendReason(reason)));
    }
  }
}
