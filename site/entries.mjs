// What users of the package import from.
import { read } from './paths.mjs';

export const { name: PACKAGE, exports } = JSON.parse(read('package.json'));
/** The name of the entry `.` in the reference. */
export const MAIN = 'http-client';

/** Name in the reference, and source, of each entry of the package. */
export const ENTRIES = Object.entries(exports).flatMap(([path, { default: target }]) => {
  if (target === undefined) return [];
  const source = target.types.replace('./dist', 'src').replace('.d.ts', '.ts');
  return { name: path.replace('./', '').replace('.', MAIN), source };
});

export function specifierOf(name) {
  return name === MAIN ? PACKAGE : `${PACKAGE}/${name}`;
}
