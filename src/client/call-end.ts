import type { Call } from '../call/call';
import type { RequestException } from '../errors/exceptions';
import { isRequestException } from '../errors/guards';
import { CallRecord } from '../events/call-record';
import type { ResponseSource } from '../events/outcome-views';
import { publishCallEnd } from '../events/publish';
import { HTTPResponse } from '../response/http-response';

const LATE_END = Symbol('end of a call for JSON');

/** Options of a call whose body is read before the caller gets it. */
interface LateOptions {
  readonly [LATE_END]?: LateEnd;
}

/** The end of a call for JSON: a body that is not JSON, or does not match its schema, is a failure of the call. */
export class LateEnd {
  #call: Call | undefined;
  #outcome: unknown;

  /** What a call must have among its options to end late. */
  get options(): LateOptions {
    return { [LATE_END]: this };
  }

  hold(call: Call, outcome: unknown): void {
    this.#call = call;
    this.#outcome = outcome;
  }

  /** Publishes the end when the body is read. */
  async after<T>(reading: Promise<T>): Promise<T> {
    try {
      const result = await reading;
      this.#publish();
      return result;
    } catch (error) {
      this.#publish(error);
      throw error;
    }
  }

  #publish(error?: unknown): void {
    const call = this.#call;
    if (!call) return;
    if (isRequestException(error) && error.config?.call?.observed === call) publishFailure(call, error);
    else publishOutcome(call, this.#outcome);
  }
}

/**
 * @param outcome what the caller gets: a response, or what an interceptor made of it
 * @param options of the call
 */
export function publishSuccess(call: Call, outcome: unknown, options: object = {}): void {
  const { [LATE_END]: late } = options as LateOptions;
  if (late) late.hold(call, outcome);
  else publishOutcome(call, outcome);
}

function publishOutcome(call: Call, outcome: unknown): void {
  publishCallEnd(call, { response: outcome instanceof HTTPResponse ? headOf(outcome) : lastResponse(call) });
}

export function publishFailure(call: Call, error: RequestException): void {
  publishCallEnd(call, { error });
}

/** Without the body, so that a subscriber that keeps the message does not keep the body. */
function headOf({ status, headers }: ResponseSource): ResponseSource {
  return { status, headers };
}

/** Only its status: the headers are not known any more. */
function lastResponse(call: Call): ResponseSource | undefined {
  const status = CallRecord.of(call).lines.findLast(({ decision }) => decision === 'done')?.outcome;
  return typeof status === 'number' ? { status } : undefined;
}
