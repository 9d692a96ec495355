import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { builtPackage } from '../support/built-package';

const folder = mkdtempSync(join(tmpdir(), 'http-client-bundle-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const PROGRAM = `
const { startInspector } = require(${JSON.stringify(join(builtPackage(), 'dist/inspector/index.js'))});
const inspector = await startInspector();
const { origin, searchParams } = new URL(inspector.url);
const headers = { Cookie: 'hdms_inspector=' + searchParams.get('key') };
const found = {};
for (const path of ['/', '/page.js', '/page.css', '/icon.svg']) {
  const response = await fetch(origin + path, { headers });
  found[path] = [response.status, response.headers.get('content-type').split(';')[0], (await response.text()).length > 100];
}
found.creator = inspector.har().log.creator.version;
console.log(JSON.stringify(found));
await inspector.close();
`;

test('a service that is bundled into one file has the page in it', async () => {
  // Deep enough that a package.json of others, two folders up, would be found.
  mkdirSync(join(folder, 'app/dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "version": "99.0.0" }');
  const outfile = join(folder, 'app/dist/service.js');
  const stdin = { contents: `(async () => {${PROGRAM}})()`, resolveDir: builtPackage() };
  await build({ stdin, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 60_000 });

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    '/': [200, 'text/html', true],
    '/page.js': [200, 'text/javascript', true],
    '/page.css': [200, 'text/css', true],
    '/icon.svg': [200, 'image/svg+xml', true],
    creator: expect.not.stringContaining('99.') as string,
  });
});
