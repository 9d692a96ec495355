/** What a hop notes of the requests that it serves. No service needs this: it is here so that the chain can be looked at. */
import type { NextFunction, Request, Response } from 'express';
import { currentContext, isRequestException, type RequestContext } from '@hdms/http-client';

/** One request at one hop. Instants are milliseconds since the epoch: processes of one machine can be compared by them. */
export interface Visit {
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** Who called, in the trace. */
  readonly parentId: string | undefined;
  /** 2 for the caller's first retry. */
  readonly attempt: number;
  /** Milliseconds that the caller waits. */
  readonly given: number | undefined;
  readonly deadline: number | undefined;
  /** When the last thing was done for it. */
  endedAt: number;
  /** When the signal of its context fired. */
  abortedAt: number | undefined;
  /** What was answered. */
  status: number | undefined;
  readonly failures: Failure[];
}

/** A call to the next hop that failed. */
interface Failure {
  readonly code: string;
  /** What came of each attempt. */
  readonly attempts: readonly (number | string | undefined)[];
}

/** What a hop tells the process that started it. */
export type Message =
  | { readonly url: string }
  | { readonly arrived: string }
  /** The answer to any message: what has been done since the last one, as soon as nothing is under way. */
  | { readonly visits: readonly Visit[] };

const visits = new WeakMap<RequestContext, Visit>();
const done: Visit[] = [];
let underWay = 0;
let isAsked = false;

process.on('message', () => {
  isAsked = true;
  answer();
});

/** A middleware. In the context, for it looks at that. */
export function watch(request: Request, response: Response, next: NextFunction): void {
  const context = currentContext();
  if (!context) throw new Error('There is no context here');
  const { requestId, trace, attempt, deadline, signal } = context;
  const visit: Visit = {
    requestId,
    traceId: trace?.id,
    parentId: trace && request.get('traceparent')?.split('-')[2],
    attempt,
    given: deadline === undefined ? undefined : Number(request.get('X-Request-Timeout-Ms')),
    deadline: deadline === undefined ? undefined : performance.timeOrigin + deadline,
    endedAt: now(),
    abortedAt: undefined,
    status: undefined,
    failures: [],
  };
  visits.set(context, visit);
  signal?.addEventListener('abort', () => {
    visit.abortedAt = now();
  });
  begin();
  response.once('close', () => {
    if (response.writableFinished) visit.status = response.statusCode;
    end(visit);
    done.push(visit);
  });
  tell({ arrived: requestId });
  next();
}

/** Waits for work that is done for the request being served. */
export async function watched<T>(work: Promise<T>): Promise<T> {
  const context = currentContext();
  const visit = context && visits.get(context);
  if (!visit) return work;
  begin();
  try {
    return await work;
  } catch (error) {
    if (isRequestException(error)) {
      visit.failures.push({ code: error.code, attempts: error.attempts.map(({ outcome }) => outcome) });
    }
    throw error;
  } finally {
    end(visit);
  }
}

export function tell(message: Message): void {
  if (process.connected) process.send?.(message);
}

function begin(): void {
  underWay++;
}

function end(visit: Visit): void {
  visit.endedAt = now();
  underWay--;
  // Once what waits for this has run: it may go on with something else.
  setImmediate(answer);
}

function answer(): void {
  if (!isAsked || underWay > 0) return;
  isAsked = false;
  tell({ visits: done.splice(0) });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
