import { checkDuration, checkInteger, checkNumber, checkSeconds } from '../checks/values';
import { optionGroup } from '../checks/option-group';

/** When an origin counts as down, and how its recovery is noticed. Times are in seconds. */
export interface CircuitBreakerOptions {
  /** Share of failures at which the circuit opens: above 0, at most 1. @default 0.6 */
  readonly failureRatio?: number | undefined;
  /** Fewest attempts in the window from which the share is taken. @default 20 */
  readonly minimumCalls?: number | undefined;
  /** Seconds for which an attempt counts, from 0.1 to 3,600; accurate to a tenth. @default 10 */
  readonly window?: number | undefined;
  /** Seconds after which a success counts as a failure, and so does an attempt that the deadline ended. @default Infinity */
  readonly slowAfter?: number | undefined;
  /**
   * Seconds until the first probe, from 0.1 to 3,600. Each failed probe doubles them. Up to 10 % are added at random, so that
   * the processes of a service do not probe at the same moment.
   *
   * @default 5
   */
  readonly openFor?: number | undefined;
  /** Longest time between probes in seconds, at least `openFor`. @default 60, or `openFor` if that is longer */
  readonly maxOpenFor?: number | undefined;
  /** Attempts that a half-open circuit lets through. If all of them succeed, it closes. @default 1 */
  readonly probes?: number | undefined;
}

/** CircuitBreakerOptions with all defaults. */
export type CircuitBreakerSettings = { readonly [Name in keyof CircuitBreakerOptions]-?: number };

export const CIRCUIT_BREAKER_OPTIONS = [
  'failureRatio', 'minimumCalls', 'window', 'slowAfter', 'openFor', 'maxOpenFor', 'probes',
] as const satisfies readonly (keyof CircuitBreakerOptions)[]; // prettier-ignore

/** Longest time that makes sense, in seconds. */
const HOUR = 3600;
const MOST_CALLS = 1_000_000;
const MOST_PROBES = 100;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveCircuitBreaker(given: CircuitBreakerOptions | false = false): CircuitBreakerSettings | false {
  if (given === false) return false;
  const options = optionGroup('circuitBreaker', given, CIRCUIT_BREAKER_OPTIONS, {
    expected: 'an object or false',
    advice: '`{}` has all defaults',
  });
  const { failureRatio = 0.6, minimumCalls = 20, window = 10, slowAfter = Infinity, openFor = 5, probes = 1 } = options;
  checkNumber('circuitBreaker.failureRatio', failureRatio, Number.MIN_VALUE, 1);
  checkInteger('circuitBreaker.minimumCalls', minimumCalls, 1, MOST_CALLS);
  checkDuration('circuitBreaker.window', window, 0.1, HOUR);
  checkSeconds('circuitBreaker.slowAfter', slowAfter);
  checkDuration('circuitBreaker.openFor', openFor, 0.1, HOUR);
  const { maxOpenFor = Math.max(60, openFor) } = options;
  checkDuration('circuitBreaker.maxOpenFor', maxOpenFor, openFor, HOUR);
  checkInteger('circuitBreaker.probes', probes, 1, MOST_PROBES);
  return { failureRatio, minimumCalls, window, slowAfter, openFor, maxOpenFor, probes };
}
