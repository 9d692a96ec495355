import { checkInteger } from '../checks/values';
import { optionGroup } from '../checks/option-group';

/** How many attempts an origin gets at the same time. */
export interface ConcurrencyOptions {
  /** Most attempts under way at the same time: an integer from 1, or `Infinity`. @default Infinity */
  readonly limit?: number | undefined;
  /**
   * Most attempts that wait for others to end: an integer from 0, or `Infinity`. Further ones fail at once.
   *
   * @default Infinity
   */
  readonly queue?: number | undefined;
}

/** ConcurrencyOptions with all defaults. */
export interface ConcurrencySettings {
  readonly limit: number;
  readonly queue: number;
}

export const CONCURRENCY_OPTIONS = ['limit', 'queue'] as const satisfies readonly (keyof ConcurrencyOptions)[];

/** More slots than any process has sockets. */
const MOST = 1_000_000;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveConcurrency(given: ConcurrencyOptions | false = false): ConcurrencySettings {
  if (given === false) return { limit: Infinity, queue: Infinity };
  const options = optionGroup('concurrency', given, CONCURRENCY_OPTIONS, {
    expected: 'an object or false',
    ...(typeof given === 'number' && given >= 1 && { advice: `write \`{ limit: ${String(given)} }\`` }),
  });
  const { limit = Infinity, queue = Infinity } = options;
  if (limit !== Infinity) checkInteger('concurrency.limit', limit, 1, MOST);
  if (queue !== Infinity) checkInteger('concurrency.queue', queue, 0, MOST);
  if (options.limit === undefined && options.queue !== undefined) {
    throw new TypeError('Option `concurrency.queue` needs `concurrency.limit`: without a limit, no attempt waits');
  }
  return { limit, queue };
}
