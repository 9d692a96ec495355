import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { ModuleKind, transpileModule } from 'typescript';
import type * as ownFolder from '../../src/stack/own-folder';
import { isOwnFrame, OWN_FOLDER, packageFolder } from '../../src/stack/own-folder';

const ROOT = resolve(__dirname, '../..');

test('this module knows where it is, and a bundle of ES modules, which does not, can load it', () => {
  const source = readFileSync(require.resolve('../../src/stack/own-folder'), 'utf8');
  const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS } });
  const loaded = {} as typeof ownFolder;
  runInNewContext(outputText, { exports: loaded });
  const frame = `    at fail (${ROOT}/src/a.ts:1:2)`;

  expect(OWN_FOLDER).toBe(`${ROOT}/`);
  expect(isOwnFrame(frame)).toBe(true);
  expect(loaded.isOwnFrame(frame)).toBe(false);
});

test.each([
  ['/app/libs/client/dist/hdms-http-client.js', '/app/libs/client/'],
  ['C:\\client\\dist\\hdms-http-client.js', 'C:\\client\\'],
  ['/app/libs/client/src/stack/own-folder.ts', '/app/libs/client/'],
  ['/app/dist/index.js', ''],
  ['/app/bundle.js', ''],
  ['', ''],
])('the package at %s is in %s', (file, folder) => {
  expect(packageFolder(file)).toBe(folder);
});

test.each([
  ['    at fail (/app/client/dist/a.js:1:2)', true],
  ['    at fail (/app/client/src/a.ts:1:2)', true],
  ['    at async file:///app/client/dist/a.mjs:1:2', true],
  ['    at load (/app/users.js:1:2)', false],
])('%s: %s', (line, isOwn) => {
  expect(isOwnFrame(line, '/app/client/')).toBe(isOwn);
});
