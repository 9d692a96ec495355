import { ownOptions } from '../util/own-options';
import { kindOf } from './kind-of';
import { checkNames } from './names';
import { wrongOption } from './wrong-option';

/** What the messages about a group say. */
interface Wording {
  /** What the option may be. @default 'an object' */
  readonly expected?: string;
  /** What to write instead of a value that is not an object. */
  readonly advice?: string;
  /** What to use instead of an unknown name, if there is something. */
  readonly instead?: (name: string) => string | undefined;
}

/**
 * A copy of a group of options, for example of `concurrency`, whose names are known.
 *
 * @throws TypeError if it is not an object, or has an unknown name
 */
export function optionGroup<Group extends object>(
  name: string,
  given: Group,
  known: readonly (keyof Group & string)[],
  { expected = 'an object', advice, instead }: Wording = {},
): Group {
  const options = ownOptions(given);
  if (typeof options !== 'object' || (options as unknown) === null || Array.isArray(options)) {
    throw wrongOption(name, `be ${expected}`, kindOf(given), advice);
  }
  checkNames(`\`${name}\` option`, options, new Set(known), instead ?? false);
  return options;
}
