import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { devDependencies, peerDependencies } from '../../package.json';

const { UNDICI_VERSION = devDependencies.undici } = process.env;

test(`the undici under test is ${UNDICI_VERSION}`, () => {
  const path = join(dirname(require.resolve('undici')), 'package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };

  expect(version).toBe(UNDICI_VERSION);
  expect(peerDependencies.undici.split(' || ')).toContain(`^${version.split('.', 1).join('')}`);
});
