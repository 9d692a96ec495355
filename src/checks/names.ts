import { sameName } from './counterparts';
import { isOptions, kindOf } from './kind-of';
import { levenshtein } from '../util/packages';

/** @throws TypeError if `options` is not an object */
export function checkOptions(options: unknown): void {
  if (isOptions(options)) return;
  // Not echoed: a string may be a secret, or a URL with a password.
  throw new TypeError(`Options must be an object, got ${kindOf(options)}`);
}

/**
 * Checks that all names of `options` are in `known`.
 *
 * @param what kind of name, for the message
 * @param advice what to use instead of a name, if there is something; `false` for none
 * @throws TypeError that says what to use instead
 */
export function checkNames(
  what: string,
  options: object,
  known: ReadonlySet<string>,
  advice: ((name: string) => string | undefined) | false,
): void {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const spelling = sameName(name, known);
    if (spelling !== undefined) throw new TypeError(`Unknown ${what} \`${name}\`. Did you mean \`${spelling}\`?`);
    const instead = advice === false ? undefined : advice(name);
    if (instead !== undefined) throw new TypeError(`Unknown ${what} \`${name}\`: ${instead}`);
    const meant = nearest(name, known);
    const hint = meant === undefined ? listOf(known) : `. Did you mean \`${meant}\`?`;
    throw new TypeError(`Unknown ${what} \`${name}\`${hint}`);
  }
}

/** The known name that `name` may be a misspelling of. */
export function nearest(name: string, known: ReadonlySet<string>): string | undefined {
  const { closest, distance } = levenshtein();
  const candidate = closest(name, [...known]);
  // One typo in four letters, so that `meta` is not taken for `data`.
  const isNear = distance(name.toLowerCase(), candidate.toLowerCase()) <= Math.ceil(name.length / 4);
  return isNear ? candidate : undefined;
}

/** Only if there are few enough to help. */
function listOf(known: ReadonlySet<string>): string {
  return known.size > 10 ? '' : `. Known: ${[...known].map((one) => `\`${one}\``).join(', ')}.`;
}
