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
  requestDone,
  requestEnd,
  requestHeaders,
  requestStart,
  tokenEvent,
} from './channels';
import type {
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
import { RequestView } from './request-view';

/*
 * All that is published. Each function is called only where its channel has subscribers, so that a call that nobody observes
 * makes no message.
 */

export function publishCallStart(call: ObservedCall): void {
  const record = CallRecord.of(call);
  if (record.hasStarted) return;
  record.hasStarted = true;
  callStart.publish(Object.freeze({ call: record.view } satisfies CallStart));
}

/** First come the messages that are still missing, so that all are in their order. */
export function publishAttemptStart(call: ObservedCall, line: Attempt, source: AttemptSource): void {
  const record = CallRecord.of(call);
  // An interceptor goes on with a call whose caller has given up.
  if (record.hasEnded) return;
  if (callStart.hasSubscribers) publishCallStart(call);
  if (attemptEnd.hasSubscribers && !line.hedge) publishMissingEnds(call, record, line);
  attemptStart.publish(record.attempt(line, source).messageOf(record.view));
}

export function publishAttemptEnd(call: ObservedCall, line: Attempt, source?: AttemptSource): void {
  const record = CallRecord.of(call);
  const attempt = record.attempt(line, source);
  if (attempt.hasEnded) return;
  if (callStart.hasSubscribers) publishCallStart(call);
  attempt.hasEnded = true;
  attemptEnd.publish(attempt.messageOf(record.view));
}

/** Of attempts that no decision was made on, such as one that an interceptor sent again. */
function publishMissingEnds(call: ObservedCall, { lines }: CallRecord, next?: Attempt): void {
  for (const line of lines) if (line !== next && isUndecided(line)) publishAttemptEnd(call, line);
}

/** The others were published when they were decided, if there were subscribers then. */
function isUndecided({ decision, reason }: Attempt): boolean {
  return reason === undefined && decision !== 'done';
}

/** Sends a request in the stores that subscribers have bound to `request:start`, and in the scopes that they ask for. */
export function publishRequestStart<T>(message: RequestStart, send: () => T): T {
  return requestStart.runStores(message, RequestView.dispatch<T>, undefined, message.request, send);
}

export function publishRequestHeaders(message: RequestStart, response: ResponseView): void {
  // Not a copy by `...`, whose freezing costs as much as all other messages of the call.
  const { call, attempt, request } = message;
  requestHeaders.publish(Object.freeze({ call, attempt, request, response } satisfies RequestHeaders));
}

export function publishRequestEnd(message: RequestEnd): void {
  Object.freeze(message);
  if (requestDone.hasSubscribers) requestDone.publish(message);
  if (requestEnd.hasSubscribers) requestEnd.publish(message);
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
  if (attemptEnd.hasSubscribers) publishMissingEnds(call, record);
  record.hasEnded = true;
  const message: CallEnd = {
    call: record.view,
    response: response && new ResponseView(response),
    error: error && new ErrorView(error),
  };
  callEnd.publish(Object.freeze(message));
}

export function publishToken(message: TokenEvent): void {
  tokenEvent.publish(Object.freeze(message));
}

export function publishBreaker(message: BreakerEvent): void {
  breakerEvent.publish(Object.freeze(message));
}

export function publishBudget(message: BudgetEvent): void {
  budgetEvent.publish(Object.freeze(message));
}
