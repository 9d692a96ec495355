import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '../../../node_modules');

/** Such as `got 14.6.6`. */
export function versionOf(name) {
  const { version } = JSON.parse(readFileSync(join(PACKAGES, name, 'package.json'), 'utf8'));
  return `${name} ${version}`;
}
