import { inspect } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import { OTHER_CLIENTS } from './other-clients';

export function checkOptions(options: unknown): void {
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`Options must be an object, got ${inspect(options, { depth: 0, maxStringLength: 50 })}`);
}

/** Names that are not in `known`. Those far from all known names are let through where `open`. */
export function checkNames(what: string, options: object, known: ReadonlySet<string>, open: boolean): void {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const advice = OTHER_CLIENTS.get(name);
    if (advice !== undefined) throw new TypeError(`There is no ${what} \`${name}\` here: ${advice}`);
    const nearest = closest(name, [...known]);
    // One slip in four letters: `meta` is not taken for `data`.
    const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.ceil(name.length / 4);
    if (open && !isNear) continue;
    throw new TypeError(`Unknown ${what} \`${name}\`.${isNear ? ` Did you mean \`${nearest}\`?` : listOf(known)}`);
  }
}

/** Where there are few enough to be of help. */
function listOf(known: ReadonlySet<string>): string {
  return known.size > 10 ? '' : ` Known: ${[...known].map((one) => `\`${one}\``).join(', ')}.`;
}
