import { inspect } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { OTHER_CLIENTS } from './other-clients';

/** @throws TypeError if `options` is not an object */
export function checkOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`Options must be an object, got ${inspect(options, { depth: 0, maxStringLength: 50 })}`);
}

/**
 * Checks that all names of `options` are in `known`.
 *
 * @param what kind of name, for the message
 * @param open whether to accept names that are far from all known ones
 * @throws TypeError that says what to use instead
 */
export function checkNames(what: string, options: object, known: ReadonlySet<string>, open: boolean): void {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const advice = OTHER_CLIENTS.get(name);
    if (advice !== undefined) throw new TypeError(`Unknown ${what} \`${name}\`: ${advice}`);
    const nearest = closest(name, [...known]);
    // One typo in four letters, so that `meta` is not taken for `data`.
    const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.ceil(name.length / 4);
    if (open && !isNear) continue;
    throw new TypeError(`Unknown ${what} \`${name}\`.${isNear ? ` Did you mean \`${nearest}\`?` : listOf(known)}`);
  }
}

/** Only if there are few enough to help. */
function listOf(known: ReadonlySet<string>): string {
  return known.size > 10 ? '' : ` Known: ${[...known].map((one) => `\`${one}\``).join(', ')}.`;
}
