import { checkBoolean } from '../checks/values';
import { optionGroup } from '../checks/option-group';

/** Whether calls follow what the service says about its load. */
export interface BackpressureOptions {
  /**
   * Whether a 429 or 503 with `Retry-After` also holds back other calls to the origin until that time: a 429 those with the
   * same credentials, several 503 in a row all of them.
   *
   * @default true
   */
  readonly retryAfter?: boolean | undefined;
  /**
   * Whether calls are spread over the time to the next reset according to the `RateLimit` headers of earlier responses.
   *
   * @default false
   */
  readonly rateLimit?: boolean | undefined;
}

/** BackpressureOptions with all defaults. */
export interface BackpressureSettings {
  readonly retryAfter: boolean;
  readonly rateLimit: boolean;
}

export const BACKPRESSURE_OPTIONS = [
  'retryAfter',
  'rateLimit',
] as const satisfies readonly (keyof BackpressureOptions)[];

/**
 * Checks the options and fills in the defaults.
 *
 * @param given `false` switches all of it off
 * @throws TypeError if an option is invalid or unknown
 */
export function resolveBackpressure(given: BackpressureOptions | false = {}): BackpressureSettings {
  if (given === false) return { retryAfter: false, rateLimit: false };
  const options = optionGroup('backpressure', given, BACKPRESSURE_OPTIONS, {
    expected: 'an object or false',
  });
  const { retryAfter = true, rateLimit = false } = options;
  checkBoolean('backpressure.retryAfter', retryAfter);
  checkBoolean('backpressure.rateLimit', rateLimit);
  return { retryAfter, rateLimit };
}
