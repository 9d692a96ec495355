import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

function run(text: string): { readonly stdout: string; readonly stderr: string } {
  const file = join(mkdtempSync(join(builtPackage(), 'program-')), 'main.mjs');
  writeFileSync(file, text);
  return spawnSync(process.execPath, [file], { encoding: 'utf8' });
}

test.each(['', '/undici', '/testing', '/express', '/nestjs'])(
  'a default import of @hdms/http-client%s into an ES module is told the right import',
  (subpath) => {
    const module = `@hdms/http-client${subpath}`;

    for (const use of ['new HTTPClient()', 'HTTPClient()', 'HTTPClient.create()']) {
      const { stderr } = run(`import HTTPClient from '${module}';\n${use};\n`);

      expect(stderr).toMatch(`main.mjs:2\n${use};\n`);
      expect(stderr).toMatch(`TypeError: ${module} has no default export: use \`import { `);
    }
  },
);

test('a namespace has the named exports, and their default is the same object as that of `require`', () => {
  const { stdout, stderr } = run(`
    import { createRequire } from 'node:module';
    import * as all from '@hdms/http-client';
    import { HTTPClient } from '@hdms/http-client';
    const required = createRequire(import.meta.url)('@hdms/http-client');
    console.log(all.HTTPClient === HTTPClient, all.default === required, required.HTTPClient === HTTPClient);
    console.log((await import('@hdms/http-client')).HTTPClient === HTTPClient);
  `);

  expect([stdout, stderr]).toEqual(['true true true\ntrue\n', '']);
});
