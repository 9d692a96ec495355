import { isBoolean, isDictionary, isFunction, isString, memberOf } from '../../checks/axios-values';
import { isPlainObject } from '../../checks/kind-of';
import type { PLUGIN_OPTIONS } from './option-names';

type Rule = readonly [accepts: (value: unknown) => boolean, expected?: string];

const flag: Rule = [isBoolean, 'true or false'];
const number: Rule = [isNumber, 'a number'];
const mark: Rule = [(value) => isBoolean(value) || isNumber(value), 'true, false or a number'];

/** What plugins take, and how a message says it; without that, the name itself tells what was meant. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>(
  Object.entries({
    // A string in fetch, a Map in got.
    cache: [(value) => value === false || isPlainObject(value)],
    id: [isString],
    clearCacheEntry: flag,
    // `true` in request.
    jar: [(value) => value === null || isFunction(memberOf(value, 'setCookie'))],
    skipAuthRefresh: flag,
    raxConfig: [isDictionary, 'an object'],
    curlirize: flag,
    forceUpdate: flag,
    threshold: [isNumber],
    retryTimes: number,
    metadata: [isDictionary],
    _retry: mark,
    _isRetry: mark,
    __isRetryRequest: mark,
    __retryCount: mark,
  } satisfies Record<(typeof PLUGIN_OPTIONS)[number], Rule>),
);

/** Whether it is the option of a plugin, with a value that the plugin takes. */
export function isReadByPlugin(name: string, value: unknown): boolean {
  const rule = RULES.get(name);
  return rule !== undefined && (value === undefined || rule[0](value));
}

/** What the plugin that reads an option takes, if it has no other meaning. */
export function expectedByPlugin(name: string): string | undefined {
  return RULES.get(name)?.[1];
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
