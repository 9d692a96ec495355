import type { Call } from '../call/call';
import type { RequestException } from '../errors/exceptions';
import { CallRecord } from '../events/call-record';
import type { ResponseSource } from '../events/outcome-views';
import { publishCallEnd } from '../events/publish';
import { HTTPResponse } from '../response/http-response';

/** @param outcome what the caller gets: a response, or what an interceptor made of it */
export function publishSuccess(call: Call, outcome: unknown): void {
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
