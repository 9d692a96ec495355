import type { RequestException } from '../errors/exceptions';
import type { Attempt } from '../journal/attempt';
import type { AttemptSource } from './attempt-view';
import { CallRecord, type ObservedCall } from './call-record';
import {
  attemptEnd,
  attemptStart,
  breakerEvent,
  budgetEvent,
  callEnd,
  callStart,
  requestEnd,
  requestHeaders,
  requestStart,
  tokenEvent,
} from './channels';
import type {
  AttemptStart,
  BreakerEvent,
  BudgetEvent,
  CallEnd,
  CallStart,
  RequestEnd,
  RequestHeaders,
  RequestStart,
  TokenEvent,
} from './messages';
import { ErrorView, ResponseView, type ResponseSource } from './outcome-views';

/*
 * All that is published. Each function is called only where its channel has subscribers, so that a call that nobody observes
 * makes no message.
 */

export function publishCallStart(call: ObservedCall): void {
  const record = CallRecord.of(call);
  if (record.hasStarted) return;
  record.hasStarted = true;
  callStart.publish({ call: record.view } satisfies CallStart);
}

export function publishAttemptStart(call: ObservedCall, line: Attempt, source: AttemptSource): void {
  const record = CallRecord.of(call);
  const { view } = record.attempt(line, source);
  attemptStart.publish({ call: record.view, attempt: view } satisfies AttemptStart);
}

export function publishAttemptEnd(call: ObservedCall, line: Attempt): void {
  const record = CallRecord.of(call);
  const attempt = record.attempt(line);
  if (attempt.hasEnded) return;
  attempt.hasEnded = true;
  attemptEnd.publish({ call: record.view, attempt: attempt.view } satisfies AttemptStart);
}

/** Sends a request in the stores that subscribers have bound to `request:start`. */
export function publishRequestStart<T>(message: RequestStart, send: () => T): T {
  return requestStart.runStores<never, unknown[], T>(message, send);
}

export function publishRequestHeaders(message: RequestStart, response: ResponseView): void {
  requestHeaders.publish({ ...message, response } satisfies RequestHeaders);
}

export function publishRequestEnd(message: RequestEnd): void {
  requestEnd.publish(message);
}

/** How a call has ended. */
export interface CallOutcome {
  readonly response?: ResponseSource | undefined;
  readonly error?: RequestException | undefined;
}

/** Only the first time counts. The messages that are still missing come first, so that each start has its end. */
export function publishCallEnd(call: ObservedCall, { response, error }: CallOutcome): void {
  const record = CallRecord.of(call);
  if (record.hasEnded) return;
  if (callStart.hasSubscribers) publishCallStart(call);
  if (attemptEnd.hasSubscribers) for (const line of record.lines) publishAttemptEnd(call, line);
  record.hasEnded = true;
  callEnd.publish({
    call: record.view,
    response: response && new ResponseView(response),
    error: error && new ErrorView(error),
  } satisfies CallEnd);
}

export function publishToken(message: TokenEvent): void {
  tokenEvent.publish(message);
}

export function publishBreaker(message: BreakerEvent): void {
  breakerEvent.publish(message);
}

export function publishBudget(message: BudgetEvent): void {
  budgetEvent.publish(message);
}
