import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

const NAMES = 'HTTPClient, createClient, tokenService';

/** What Node prints for an uncaught error of `statement`. */
function printed(statement: string, kind: 'cjs' | 'mjs'): string {
  const load =
    kind === 'mjs'
      ? `import { ${NAMES} } from '@hdms/http-client';`
      : `const { ${NAMES} } = require('@hdms/http-client');`;
  return run(`${load}\nasync function start() {\n  ${statement};\n}\nstart();\n`, kind);
}

function run(text: string, kind: 'cjs' | 'mjs'): string {
  const file = join(mkdtempSync(join(builtPackage(), 'program-')), `main.${kind}`);
  writeFileSync(file, text);
  return spawnSync(process.execPath, [file], { encoding: 'utf8' }).stderr;
}

const STATEMENTS = [
  'new HTTPClient({ tokn: 1 })',
  'createClient({ timeout: 5000 })',
  "tokenService({ tokenUrl: 'http://issuer' })",
  "await new HTTPClient().post('http://users', { name: 1 })",
  "await Promise.all(['http://users'].map(new HTTPClient().get))",
];

test.each(STATEMENTS.flatMap((one) => [[one, 'cjs'] as const, [one, 'mjs'] as const]))(
  '%s, uncaught in a %s file: Node prints the line of the program',
  (statement, kind) => {
    const text = printed(statement, kind);

    expect(text).toMatch(new RegExp(`main\\.${kind}:3\n  ${escaped(statement)};\n +\\^\n`));
    expect(text).toMatch(/(Type|Range)Error: /);
    expect(text).not.toMatch(/[\\/]dist[\\/]/);
  },
);

test('thrown by a CommonJS module itself, where Node prints the line of the `throw`, no line of the package is shown', () => {
  const text = run("const { HTTPClient } = require('@hdms/http-client');\nnew HTTPClient({ tokn: 1 });\n", 'cjs');

  expect(text).toMatch(/^TypeError: Unknown option `tokn`.*\n {4}at Object\.<anonymous> .*main\.cjs:2:1\)\n/);
  expect(text).not.toMatch(/[\\/]dist[\\/]/);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
