import { wrongOption } from '../checks/wrong-option';
import type { Call } from '../call/call';
import { quoteName } from '../checks/headers';
import { optionGroup } from '../checks/option-group';
import { checkDuration } from '../checks/values';
import { checkHeaderNames } from '../context/forwarded-headers';
import { formatTimeout, TIMEOUT_HEADER, timeoutHeaderOf } from '../context/timeout-header';
import { findName, isToken } from '../util/header-names';
import type { AttemptPlugin, RequestConfig } from './plugin';

/** How calls tell the upstream the remaining time of the inbound request. */
export interface RequestContextOptions {
  /** Header with the time left for the upstream. `grpc-timeout` is written with its unit. @default 'X-Request-Timeout-Ms' */
  readonly timeoutHeader?: string | undefined;
  /** Seconds subtracted from that, for the network round trip. @default 0.02 */
  readonly margin?: number | undefined;
}

/** RequestContextOptions with all defaults. */
export interface RequestContextSettings {
  readonly timeoutHeader: string;
  readonly margin: number;
}

export const CONTEXT_OPTIONS = ['timeoutHeader', 'margin'] as const satisfies readonly (keyof RequestContextOptions)[];

/**
 * Checks the options and fills in the defaults.
 *
 * @returns `undefined` if calls do not join the context
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveRequestContext(given: RequestContextOptions | false): RequestContextSettings | undefined {
  if (given === false) return undefined;
  const options = optionGroup('requestContext', given, CONTEXT_OPTIONS, { expected: 'an object or false' });
  const { timeoutHeader = TIMEOUT_HEADER, margin = 0.02 } = options;
  if (typeof timeoutHeader !== 'string' || !isToken(timeoutHeader)) {
    throw wrongOption('requestContext.timeoutHeader', 'be a header name (an HTTP token)', quoteName(timeoutHeader));
  }
  checkHeaderNames('requestContext.timeoutHeader', [timeoutHeader]);
  checkDuration('requestContext.margin', margin, 0, 60);
  return { timeoutHeader, margin };
}

/** Sends the attempt number, from the second attempt on, and within a request context the time left. */
export function attemptHeaders({ timeoutHeader, margin }: RequestContextSettings): AttemptPlugin {
  const header = timeoutHeaderOf(timeoutHeader);

  function timeoutOf({ timeout = 0 }: RequestConfig, { limit, remaining }: Call): string | undefined {
    if (limit === Infinity) return undefined;
    // Nobody waits for an attempt longer than its own timeout.
    const left = timeout === 0 ? remaining : Math.min(remaining, timeout);
    // At least 1 ms, because the upstream may have the response ready.
    return formatTimeout(header, Math.max(1, Math.floor(left - margin * 1000)));
  }

  return {
    name: 'attempt-headers',
    request(config, attempt) {
      const { call } = attempt;
      const { context } = call;
      // Nothing has failed yet, so this is the first attempt.
      if (!context && !call.lastError) return;
      const { headers } = config;
      // A call made while serving a retry counts as part of that retry. Otherwise, its upstream would count from 1 again.
      const count = call.nextAttempt + (context?.attempt ?? 1) - 1;
      if (count > 1 && findName(headers, 'x-request-attempt') === undefined) {
        attempt.setHeader(headers, 'X-Request-Attempt', String(count));
      }
      const timeLeft = context && timeoutOf(config, call);
      if (timeLeft === undefined || findName(headers, header.lowerName) !== undefined) return;
      attempt.setHeader(headers, timeoutHeader, timeLeft);
    },
  };
}
