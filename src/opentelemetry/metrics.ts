import type { Attributes } from '@opentelemetry/api';
import type { CallEnd, RequestEnd, TokenEvent } from '../events/messages';
import { observe } from '../events/observe';
import { errorType, LOST, refusalReason, resendReason, tokenSource } from './closed-values';
import { Instrumentations } from './instrumentations';
import type { Instruments } from './instruments';
import { CurrentMeter } from './meter';
import type { OpenTelemetrySettings } from './options';
import { AllSeries, type Series } from './series';
import { States } from './states';
import { Templates } from './templates';

/** @returns a function that ends it */
export function recordMetrics(settings: OpenTelemetrySettings): () => void {
  const states = new States();
  const meter = new CurrentMeter(states);
  const templates = new Templates(settings.urlTemplate);
  const recorder = new Recorder(settings.requestDuration, templates);
  const stopObserving = observe({
    ...(settings.urlTemplate && { requestStart: templates.requestStart }),
    requestEnd(message) {
      const instruments = meter.instruments();
      if (instruments) recorder.request(message, instruments);
    },
    callEnd(message) {
      const instruments = meter.instruments();
      if (instruments) recorder.call(message, instruments);
    },
    token(message) {
      states.token(message);
      const instruments = meter.instruments();
      if (instruments) recordToken(message, instruments);
    },
    breaker: (message) => {
      states.breaker(message);
    },
    budget: (message) => {
      states.budget(message);
    },
  });
  return () => {
    stopObserving();
    meter.stop();
  };
}

const OUTCOME = ['http.response.status_code', 'error.type', 'network.protocol.version'];
const ERROR = ['error.type'];
const RESEND = ['hdms.resend.kind', 'hdms.resend.reason'];
const RESEND_REASON = ['hdms.resend.reason'];
const REFUSAL = ['hdms.refusal.reason'];

class Recorder {
  readonly #series = new AllSeries();
  readonly #instrumentations = new Instrumentations();

  constructor(
    private readonly requestDuration: OpenTelemetrySettings['requestDuration'],
    private readonly templates: Templates,
  ) {}

  request(message: RequestEnd, { resends, requestDuration }: Instruments): void {
    const { request } = message;
    const isFirst = request.resendKind === undefined;
    const isRecorded = this.#isRecorded(message);
    if (isFirst && !isRecorded) return;
    const series = this.#ofRequest(message);
    if (!isFirst) resends.add(1, series.with(RESEND, request.resendKind, resendReason(request.resendReason)));
    if (isRecorded) requestDuration.record(request.elapsed, outcomeOf(message, series));
  }

  call({ call, error }: CallEnd, instruments: Instruments): void {
    const { elapsed, limit } = call;
    const { client, method, address, port } = call;
    const series = this.#series.of({ client, method, address, port, template: this.templates.ofCall(call) });
    const failed = error && series.with(ERROR, errorType(error.status, error.code));
    instruments.callDuration.record(elapsed, failed ?? series.attributes);
    if (limit !== Infinity) {
      // Timers may be a fraction of a millisecond early.
      const left = error?.code === 'DEADLINE_EXCEEDED' ? 0 : Math.max(0, limit - elapsed);
      instruments.deadlineRemaining.record(left, series.attributes);
    }
    if (error) instruments.refusals.add(1, series.with(REFUSAL, refusalReason(call.reason, error)));
    if (call.retries > 0) recordDelays(call.attempts, series, instruments);
  }

  #isRecorded({ request, connection }: RequestEnd): boolean {
    if (this.requestDuration !== 'auto') return this.requestDuration !== false;
    return !this.#instrumentations.record(request.transport, request.scheme, connection?.protocol);
  }

  #ofRequest({ call, request }: RequestEnd): Series {
    const { method, address, port } = request;
    const template = this.templates.ofRequest(call, request);
    return this.#series.of({ client: call.client, method, address, port, template });
  }
}

function outcomeOf({ attempt, response, error, connection }: RequestEnd, series: Series): Attributes {
  const status = response?.status;
  const isRefused = status !== undefined && status >= 400;
  const lost = attempt.outcome === LOST && response === undefined ? LOST : undefined;
  const type = errorType(isRefused ? status : undefined, error?.code ?? lost);
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

function recordToken({ source, event, elapsed, error }: TokenEvent, instruments: Instruments): void {
  // A service has rejected it; nothing was asked of the source.
  if (event === 'refused') return;
  const type = errorType(error?.status, error?.code);
  const attributes = {
    'hdms.token.source': tokenSource(source),
    ...(type !== undefined && { 'error.type': type }),
  };
  instruments.tokenRequests.add(1, attributes);
  if (elapsed !== undefined) instruments.tokenDuration.record(elapsed, attributes);
}
