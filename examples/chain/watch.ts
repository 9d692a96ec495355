/** Records the requests that a hop serves. Real services do not need this: it makes the chain observable. */
import type { NextFunction, Request, Response } from 'express';
import { currentContext, isRequestException, type RequestContext } from '@hdms/http-client';

/** One request at one hop. Instants are milliseconds since the epoch, which processes on one machine share. */
export interface Visit {
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** The parent id in the caller's traceparent. */
  readonly parentId: string | undefined;
  /** 2 for the caller's first retry. */
  readonly attempt: number;
  /** Milliseconds that the caller waits. */
  readonly given: number | undefined;
  readonly deadline: number | undefined;
  /** When the last work was done for it. */
  endedAt: number;
  /** When the signal of its context fired. */
  abortedAt: number | undefined;
  /** The status of the response. */
  status: number | undefined;
  readonly failures: Failure[];
}

/** A call to the next hop that failed. */
interface Failure {
  readonly code: string;
  /** The outcome of each attempt. */
  readonly attempts: readonly (number | string | undefined)[];
}

/** What a hop sends to the process that started it. */
export type Message =
  | { readonly url: string }
  | { readonly arrived: string }
  /** The reply to any message: what has been done since the last reply. It is sent once the hop is idle. */
  | { readonly visits: readonly Visit[] };

const visits = new WeakMap<RequestContext, Visit>();
const done: Visit[] = [];
let underWay = 0;
let isAsked = false;

process.on('message', () => {
  isAsked = true;
  answer();
});

/** A middleware. Mounted inside the context, which it reads. */
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
  // After what awaits this work has run, because that may start more work.
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
