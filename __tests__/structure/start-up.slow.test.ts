import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { builtPackage } from '../support/built-package';

/** What a service with the package prints, as JSON. */
function run(program: string, ...flags: string[]): unknown {
  const args = [...flags, '-e', `${HELPERS}${program}`];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: builtPackage(), encoding: 'utf8' }));
}

const HELPERS = `
  const loaded = () => Object.keys(require.cache).map((file) => file.replace(/^.*node_modules\\//, ''));
  const packages = () => ['axios/', 'axios-retry/', 'jsonwebtoken/', 'fastest-levenshtein/'].filter((name) =>
    loaded().some((file) => file.startsWith(name)));
  const tell = (facts) => console.log(JSON.stringify(facts));
`;

/** A service that responds to itself, and a token that it verifies. */
const APP = `
  const http = require('node:http');
  const { HTTPClient, verifyToken } = require('@hdms/http-client');
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  async function use() {
    const server = http.createServer((_, response) => response.setHeader('Content-Type', 'application/json').end('7'));
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const client = new HTTPClient();
    const body = await client.getJson('http://127.0.0.1:' + server.address().port);
    client.close();
    server.close();
    const before = packages();
    const verify = verifyToken({ secret: 'k'.repeat(32), issuer: 'i', audience: 'a' });
    const input = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part({ iss: 'i', aud: 'a', sub: 'me', exp: 4e9 });
    const signature = require('node:crypto').createHmac('sha256', 'k'.repeat(32)).update(input).digest('base64url');
    const { sub } = await verify(input + '.' + signature);
    tell({ body, before, sub, after: packages() });
  }
  use();
`;

test('`require` loads two files, and no package', () => {
  const files = run("require('@hdms/http-client'); tell(loaded());") as string[];
  expect(files.map((file) => file.replace(`${builtPackage()}/`, ''))).toEqual([
    'dist/index.js',
    'dist/hdms-http-client.js',
  ]);
});

const BUNDLES = ['dist/hdms-http-client.js', 'dist/hdms-http-client-later.js'] as const;

test.each(BUNDLES)('V8 keeps the code of %s with one byte for each character', (file) => {
  const code = readFileSync(join(builtPackage(), file));
  expect(code.filter((byte) => byte > 0x7f)).toHaveLength(0);
});

test('calls read the second file of the bundle only for what needs it, and not when they fail', () => {
  const program = `
    const client = require('@hdms/http-client');
    const hasSecond = () => loaded().some((file) => file.endsWith('/hdms-http-client-later.js'));
    new client.HTTPClient({ retryAttempts: 1, token: 'secret' }).get('http://127.0.0.1:1/').catch((error) => {
      const before = [require('node:util').inspect(error).includes('CONNECTION_REFUSED'), hasSecond()];
      tell([...before, typeof client.tokenService, hasSecond()]);
    });`;
  expect(run(program)).toEqual([true, false, 'function', true]);
});

test('what the second file has can be used after an attempt for which too many files were open', () => {
  const program = `
    const { openSync, closeSync } = require('node:fs');
    const client = require('@hdms/http-client');
    const typeOf = () => { try { return typeof client.tokenService } catch ({ code }) { return code } };
    const files = [];
    try { for (;;) files.push(openSync('package.json')) } catch {}
    const first = typeOf();
    files.forEach((file) => closeSync(file));
    tell([first, typeOf()]);`;
  const args = ['-c', 'ulimit -n 64 && exec "$@"', 'sh', process.execPath, '-e', `${HELPERS}${program}`];
  const printed = execFileSync('sh', args, { cwd: builtPackage(), encoding: 'utf8' });
  expect(JSON.parse(printed)).toEqual(['EMFILE', 'function']);
});

test.each(['express', 'logging', 'inspector'])('`require` of ./%s loads no package either', (entry) => {
  expect(run(`require('@hdms/http-client/${entry}'); tell(packages());`)).toEqual([]);
});

test('a call loads axios; jsonwebtoken waits for a token to verify', () => {
  expect(run(APP)).toEqual({
    body: 7,
    before: ['axios/', 'axios-retry/'],
    sub: 'me',
    after: ['axios/', 'axios-retry/', 'jsonwebtoken/'],
  });
});

test('timers that are faked after `require` do not stop a client that is made later', () => {
  const program = `
    const { HTTPClient } = require('@hdms/http-client');
    require('node:timers').setImmediate = () => {};
    const client = new HTTPClient({ retryAttempts: 0 });
    client.get('http://127.0.0.1:1/').catch(({ code }) => tell(code));`;
  expect(run(program)).toBe('CONNECTION_REFUSED');
});

test('the helper for misspelled names waits for one', () => {
  const program = `try { new (require('@hdms/http-client').HTTPClient)({ tokn: 1 }) } catch ({ message }) { tell([message, packages().includes('fastest-levenshtein/')]); }`;
  expect(run(program)).toEqual(['Unknown option `tokn`. Did you mean `token`?', true]);
});

test('all paths of the package lead to the same modules', () => {
  const program = `
    const { HTTPClient, Timeout } = require('@hdms/http-client');
    const { mockClient } = require('@hdms/http-client/testing');
    tell([mockClient([]) instanceof HTTPClient, require('./dist/errors/exceptions.js').Timeout === Timeout]);`;
  expect(run(program)).toEqual([true, true]);
});

test('source maps lead to the line of the source', () => {
  const program = `
    const { checkOptions } = require('./dist/checks/names.js');
    try { checkOptions(null) } catch ({ stack }) { tell(stack.split('\\n')[1]); }`;
  const frame = run(program, '--enable-source-maps') as string;
  const [, file = '', line] = /\((?:file:\/\/)?.*\/(src\/.*\.ts):(\d+):\d+\)$/.exec(frame) ?? [];
  expect(file).toBe('src/checks/names.ts');
  const source = readFileSync(join(resolve(__dirname, '../..'), file), 'utf8').split('\n')[Number(line) - 1];
  expect(source).toContain('throw new TypeError(`Options must be an object');
});

test('source maps lead to what is used of a module that is loaded late', () => {
  const [file] = BUNDLES;
  const map = new SourceMap(JSON.parse(readFileSync(join(builtPackage(), `${file}.map`), 'utf8')) as SourceMapPayload);
  const lines = readFileSync(join(builtPackage(), file), 'utf8').split('\n');
  const uses = lines.flatMap((line, index) =>
    [...line.matchAll(/\(\w+ \?\?= load\("[^"]+"\)\)\.(\w+)/g)].map((use) => ({
      line: index,
      column: use.index,
      name: use[1],
    })),
  );
  const imported = uses.filter(({ line }) => !/return .*; } }\);$/.test(lines[line] ?? ''));
  expect(imported.length).toBeGreaterThan(50);
  const read = new Map<string, string[]>();
  for (const { line, column, name } of imported) {
    const { originalSource, originalLine, originalColumn } = map.findEntry(line, column) as SourceMapping;
    const source =
      read.get(originalSource) ?? readFileSync(join(builtPackage(), 'dist', originalSource), 'utf8').split('\n');
    read.set(originalSource, source);
    expect(`${originalSource}: ${source[originalLine]?.slice(originalColumn)}`).toContain(`${originalSource}: ${name}`);
  }
});

test.each([false, true])('an application can be bundled with the package (minified: %s)', (minify) => {
  const [entry, outfile] = [join(builtPackage(), 'app.js'), join(builtPackage(), 'bundle', 'app.js')];
  writeFileSync(entry, `const packages = () => [], tell = (facts) => console.log(JSON.stringify(facts));${APP}`);
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', minify });
  const printed = execFileSync(process.execPath, [outfile], { cwd: '/', encoding: 'utf8' });
  expect(JSON.parse(printed)).toMatchObject({ body: 7, sub: 'me' });
});
