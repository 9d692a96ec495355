import { kindOf } from '../checks/kind-of';
import { checkNames } from '../checks/names';
import { ownOptions } from '../util/own-options';

/**
 * A copy of a group of options, for example of `concurrency`, whose names are known.
 *
 * @param advice what to write instead, for a value that is not an object
 * @throws TypeError if it is not an object, or has an unknown name
 */
export function optionGroup<Group extends object>(
  name: string,
  given: Group,
  known: readonly (keyof Group & string)[],
  advice = '',
): Group {
  const options = ownOptions(given);
  if (typeof options !== 'object' || (options as unknown) === null || Array.isArray(options)) {
    throw new TypeError(`Option \`${name}\` must be an object${advice}, got ${kindOf(given)}`);
  }
  checkNames(`\`${name}\` option`, options, new Set(known), false);
  return options;
}
