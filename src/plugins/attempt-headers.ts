import type { Call } from '../call/call';
import { checkNames } from '../checks/names';
import { checkNumber } from '../checks/values';
import { checkHeaderNames } from '../context/forwarded-headers';
import { formatTimeout, TIMEOUT_HEADER } from '../context/timeout-header';
import { findName } from '../util/header-names';
import type { AttemptPlugin, RequestConfig } from './plugin';

export interface RequestContextOptions {
  /** Header that tells the other service how long it has. `grpc-timeout` is written with its unit. @default 'X-Request-Timeout-Ms' */
  readonly timeoutHeader?: string | undefined;
  /** Seconds that are held back from that, for the way to the other service and back. @default 0.02 */
  readonly margin?: number | undefined;
}

/** The same with every default filled in. */
export interface RequestContextSettings {
  readonly timeoutHeader: string;
  readonly margin: number;
}

export const CONTEXT_OPTIONS = ['timeoutHeader', 'margin'] as const satisfies readonly (keyof RequestContextOptions)[];

/**
 * @returns `undefined` if calls are kept out of the context
 * @throws TypeError or RangeError that names the wrong option
 */
export function resolveRequestContext(options: RequestContextOptions | false): RequestContextSettings | undefined {
  if (options === false) return undefined;
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError('Option `requestContext` must be an object of options, or false');
  }
  checkNames('`requestContext` option', options, new Set(CONTEXT_OPTIONS), false);
  const { timeoutHeader = TIMEOUT_HEADER, margin = 0.02 } = options;
  if (typeof timeoutHeader !== 'string') {
    throw new TypeError('Option `requestContext.timeoutHeader` must be the name of a header');
  }
  checkHeaderNames('requestContext.timeoutHeader', [timeoutHeader]);
  checkNumber('requestContext.margin', margin, 0, 60);
  return { timeoutHeader, margin };
}

/** Tells the other service which attempt it sees, from the second one on, and in a context how long it has. */
export function attemptHeaders({ timeoutHeader, margin }: RequestContextSettings): AttemptPlugin {
  const lowerTimeoutHeader = timeoutHeader.toLowerCase();

  function timeoutOf({ timeout = 0 }: RequestConfig, { limit, remaining }: Call): string | undefined {
    if (limit === Infinity) return undefined;
    // Nobody waits for an attempt longer than its own timeout.
    const left = timeout === 0 ? remaining : Math.min(remaining, timeout);
    // The other service may have the response at hand: that nothing can be done in 1 ms is not for us to say.
    return formatTimeout(timeoutHeader, Math.max(1, Math.floor(left - margin * 1000)));
  }

  return {
    name: 'attempt-headers',
    request(config, attempt) {
      const { call, previous } = attempt;
      const { context } = call;
      if (!context && !previous) return;
      const { headers } = config;
      // What is done for a retry is part of that retry: else the service after the next would begin to count anew.
      const count = call.nextAttempt + (context?.attempt ?? 1) - 1;
      if (count > 1 && findName(headers, 'x-request-attempt') === undefined) {
        attempt.setHeader(headers, 'X-Request-Attempt', String(count));
      }
      const timeLeft = context && timeoutOf(config, call);
      if (timeLeft === undefined || findName(headers, lowerTimeoutHeader) !== undefined) return;
      attempt.setHeader(headers, timeoutHeader, timeLeft);
    },
  };
}
