import { adviser } from '../checks/counterparts';
import { optionGroup } from '../checks/option-group';
import { checkDuration, checkSeconds } from '../checks/values';

/** How long connections are kept. Times are in seconds. */
export interface ConnectionOptions {
  /** An idle connection is closed after this time, or earlier if the server announces so. @default 4 */
  readonly maxIdle?: number | undefined;
  /**
   * A connection that has been open for this time is closed after its request, so that calls notice a change in DNS.
   *
   * @default Infinity
   */
  readonly maxAge?: number | undefined;
}

/** ConnectionOptions with all defaults, in milliseconds. */
export interface ConnectionLimits {
  readonly maxIdle: number;
  readonly maxAge: number;
}

export const CONNECTION_OPTIONS = ['maxIdle', 'maxAge'] as const satisfies readonly (keyof ConnectionOptions)[];

/** What other pools call these, and what limits a pool elsewhere. */
const counterpart = adviser({
  'use `maxIdle`': 'idleTimeout keepAliveTimeout keepaliveExpiry freeSocketTimeout',
  'use `maxAge`': 'maxLifetime connectionLifetime socketActiveTTL clientTtl',
  'use `concurrency: { limit }` of the client': 'perOrigin maxSockets maxConnections poolSize limit',
});

/** Below the 5 s after which many servers close an idle connection. */
const MAX_IDLE = 4;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveConnections(given: ConnectionOptions = {}): ConnectionLimits {
  const options = optionGroup('connections', given, CONNECTION_OPTIONS, {
    expected: 'an object with `maxIdle` and `maxAge`',
    instead: counterpart,
  });
  const { maxIdle = MAX_IDLE, maxAge = Infinity } = options;
  checkSeconds('connections.maxIdle', maxIdle);
  if (maxAge !== Infinity) checkDuration('connections.maxAge', maxAge, 0, 86_400);
  return { maxIdle: maxIdle * 1000, maxAge: maxAge * 1000 };
}
