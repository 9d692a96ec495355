import { Readable } from 'node:stream';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { AttemptState } from '../call/attempt-state';
import type { RequestException } from '../errors/exceptions';
import { outcomeOf, type Outcome, type ResponseHead } from '../resilience/outcome';
import { endsWithHead } from '../response/ends-with-head';
import { findHeader } from '../response/find-header';
import { isWebStream } from '../util/is-web-stream';

/** How an attempt ended. */
export interface Ending {
  /** What it says about the health of its origin. */
  readonly outcome: Outcome;
  /** Milliseconds on the monotonic clock. */
  readonly now: number;
  /** Milliseconds from the dispatch; 0 if there was none. */
  readonly elapsed: number;
  readonly isDispatched: boolean;
  /** The response, if one arrived. */
  readonly response?: ResponseHead | undefined;
  /** Absent if it succeeded, and for what a transform or an adapter threw. */
  readonly error?: RequestException | undefined;
  readonly config?: InternalAxiosRequestConfig | undefined;
  /** Holds the slot of the attempt until it is closed. */
  readonly stream?: Readable | undefined;
}

type StreamedResponse = Pick<AxiosResponse, 'status' | 'headers'> & { readonly data?: unknown };

/** The ending of an attempt to which a response came that counts as a success for the caller. */
export function endingOfResponse(attempt: AttemptState, response: AxiosResponse): Ending {
  const { config } = response;
  const { line } = attempt;
  const stream = streamOf(attempt, response);
  const outcome = response.status < 429 ? 'success' : outcomeOfSuccess(attempt, response);
  // The line knows when the response came: the clock is read once for each attempt.
  const now = line?.outcome === undefined ? performance.now() : line.endedAt;
  const elapsed = (line?.elapsed ?? 0) * 1000;
  return { outcome, now, elapsed, isDispatched: line !== undefined, response, config, stream };
}

/** Of one that `validateStatus` takes for a success. */
function outcomeOfSuccess({ wasRedirected }: AttemptState, response: AxiosResponse): Outcome {
  return wasRedirected ? 'neither' : outcomeOf(undefined, response);
}

/**
 * The ending of an attempt that failed.
 *
 * @param error absent for what a transform or an adapter threw, which tells nothing about the service
 */
export function endingOfFailure(attempt: AttemptState, error: RequestException | undefined): Ending {
  const { isDispatched, elapsed } = attempt;
  // Not when it ended: a new token may have been fetched since.
  const facts = { now: performance.now(), elapsed: elapsed * 1000, isDispatched };
  if (!error) return { ...facts, outcome: 'neither' };
  const { config, response } = error;
  const stream = streamOf(attempt, response);
  return { ...facts, outcome: outcomeOfFailure(attempt, error), response, error, config, stream };
}

/** What holds the slot of the attempt, if the body is a stream: a web stream does not tell when it is closed. */
function streamOf({ call, slot }: AttemptState, response: StreamedResponse | undefined): Readable | undefined {
  if (!slot || !response || isEmpty(call.method, response)) return undefined;
  const { data } = response;
  if (data instanceof Readable) return data;
  return typeof data === 'object' && data !== null && isWebStream(data) ? call.stream : undefined;
}

/** Callers do not read a stream in which nothing is, and it would never be closed. */
function isEmpty(method: string, { status, headers }: StreamedResponse): boolean {
  return endsWithHead(method, status) || findHeader(headers, 'content-length') === '0';
}

function outcomeOfFailure(attempt: AttemptState, error: RequestException): Outcome {
  // The origin has responded by a redirect, and what followed may be another's.
  if (attempt.isLost || attempt.retryForbidden || attempt.wasRedirected) return 'neither';
  return outcomeOf(error.code, error.response);
}
