import { kindOf, valueOrKind } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import { checkDuration, checkInteger, checkNumber } from '../checks/values';
import { optionGroup } from '../checks/option-group';

/** When an attempt counts as slow: at a quantile of the latest response times of its origin. */
export interface HedgeQuantileOptions {
  /** Share of responses that take no longer, from 0.5 to 0.999. One minus it is the share of additional requests. @default 0.95 */
  readonly quantile?: number | undefined;
  /** Responses that are measured before the first hedge. @default 20 */
  readonly minimumCalls?: number | undefined;
}

/** Which attempts are hedged by a second one, and when. */
export interface HedgingOptions {
  /** Seconds until the second attempt, from 0.001 to 600, or the quantile that sets them. */
  readonly delay: number | HedgeQuantileOptions;
  /** Methods that are hedged; each must be safe to process twice. @default ['GET', 'HEAD', 'OPTIONS'] */
  readonly methods?: readonly string[] | undefined;
}

/** HedgeQuantileOptions with all defaults. */
export interface HedgeQuantile {
  readonly quantile: number;
  readonly minimumCalls: number;
}

/** HedgingOptions with all defaults. */
export interface HedgingSettings {
  readonly delay: number | HedgeQuantile;
  /** In upper case. */
  readonly methods: ReadonlySet<string>;
}

export const HEDGING_OPTIONS = ['delay', 'methods'] as const satisfies readonly (keyof HedgingOptions)[];

const QUANTILE_OPTIONS = ['quantile', 'minimumCalls'] as const satisfies readonly (keyof HedgeQuantileOptions)[];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError or RangeError if an option is invalid or unknown
 */
export function resolveHedging(given: HedgingOptions | false = false): HedgingSettings | false {
  if (given === false) return false;
  const options = optionGroup('hedging', given, HEDGING_OPTIONS, {
    expected: 'an object with `delay`, or false',
  });
  const { delay, methods = ['GET', 'HEAD', 'OPTIONS'] } = options;
  return { delay: resolveDelay(delay), methods: resolveMethods(methods) };
}

function resolveDelay(given: HedgingOptions['delay']): HedgingSettings['delay'] {
  if (typeof given === 'number') {
    checkDuration('hedging.delay', given, 0.001, 600);
    return given;
  }
  const options = optionGroup('hedging.delay', given, QUANTILE_OPTIONS, {
    expected: 'an object or a number of seconds',
    advice: '`{}` has all defaults',
  });
  const { quantile = 0.95, minimumCalls = 20 } = options;
  checkNumber('hedging.delay.quantile', quantile, 0.5, 0.999);
  checkInteger('hedging.delay.minimumCalls', minimumCalls, 1, 1_000_000);
  return { quantile, minimumCalls };
}

function resolveMethods(given: readonly unknown[]): ReadonlySet<string> {
  if (!Array.isArray(given)) throw wrongOption('hedging.methods', 'be a list of HTTP methods', kindOf(given));
  const wrong = given.findIndex((method) => typeof method !== 'string' || !/^[a-z-]+$/i.test(method));
  if (wrong >= 0) throw wrongOption('hedging.methods', 'contain HTTP methods', valueOrKind(given[wrong], 'word'));
  return new Set(given.map((method) => String(method).toUpperCase()));
}
