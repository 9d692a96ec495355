import { adviser } from '../checks/counterparts';
import { optionGroup } from '../checks/option-group';
import { checkDuration, checkInteger, checkSeconds } from '../checks/values';

/** How long connections are kept, in seconds, and how many there may be. */
export interface ConnectionOptions {
  /** An idle connection is closed after this time, or earlier if the server announces so. @default 4 */
  readonly maxIdle?: number | undefined;
  /**
   * A connection that has been open for this time is closed after its request, so that calls notice a change in DNS.
   *
   * @default Infinity
   */
  readonly maxAge?: number | undefined;
  /**
   * Connections to one origin at the same time, without those through a proxy. An attempt that waits for one uses up its `timeout`; in the
   * queue of `concurrency` it does not.
   *
   * @default Infinity
   */
  readonly perOrigin?: number | undefined;
}

/** ConnectionOptions with all defaults, times in milliseconds. */
export interface ConnectionLimits {
  readonly maxIdle: number;
  readonly maxAge: number;
  readonly perOrigin: number;
}

export const CONNECTION_OPTIONS = [
  'maxIdle',
  'maxAge',
  'perOrigin',
] as const satisfies readonly (keyof ConnectionOptions)[];

/** What other pools call these. */
const counterpart = adviser({
  'use `maxIdle`': 'idleTimeout keepAliveTimeout keepaliveExpiry freeSocketTimeout',
  'use `maxAge`': 'maxLifetime connectionLifetime socketActiveTTL clientTtl',
  'use `perOrigin`': 'maxSockets maxConnections poolSize limit',
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
    expected: 'an object with `maxIdle`, `maxAge` and `perOrigin`',
    instead: counterpart,
  });
  const { maxIdle = MAX_IDLE, maxAge = Infinity, perOrigin = Infinity } = options;
  checkSeconds('connections.maxIdle', maxIdle);
  if (maxAge !== Infinity) checkDuration('connections.maxAge', maxAge, 0, 86_400);
  if (perOrigin !== Infinity) checkInteger('connections.perOrigin', perOrigin, 1, 100_000);
  return { maxIdle: maxIdle * 1000, maxAge: maxAge * 1000, perOrigin };
}
