import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

/** A service whose call fails, and `end`, which says what becomes of the exception. */
const programOf = (end: string): string => `
  const http = require('node:http');
  const { HTTPClient } = require('@hdms/http-client');
  const server = http.createServer((request, response) => response.writeHead(503).end());
  async function loadUsers(client, url) {
    return await client.get(url + '/users');
  }
  async function main() {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    const client = new HTTPClient({ token: null, retry: { base: 0.001 } });
    await loadUsers(client, 'http://127.0.0.1:' + server.address().port);
  }
  ${end}
`;

function run(end: string, ...flags: string[]): { readonly stdout: string; readonly stderr: string } {
  const folder = mkdtempSync(join(builtPackage(), 'program-'));
  writeFileSync(join(folder, 'users.js'), programOf(end));
  return spawnSync(process.execPath, [...flags, join(folder, 'users.js')], { encoding: 'utf8', cwd: folder });
}

test.each([[[]], [['--enable-source-maps']], [['--stack-trace-limit=100']]])(
  'an uncaught error is a story of few lines: node %j',
  (flags) => {
    const { stderr } = run('main();', ...flags);

    const lines = stderr.split('\n');
    expect(stderr).not.toMatch(/errors[\\/]create/);
    expect(stderr).toMatch(/HTTPError \[SERVER_ERROR\]: GET .*503 Service Unavailable, after 4 attempts in [\d.]+ s\n/);
    expect(lines.filter((line) => /^ +at /.test(line)).map((line) => line.trim().split(' ')[2])).toEqual([
      'loadUsers',
      'main',
    ]);
    expect(lines.filter((line) => /^ {2}#\d {2}/.test(line))).toHaveLength(4);
    expect(lines.length).toBeLessThan(35);
  },
);

test('without frames, as by --stack-trace-limit=0, the rest of the story is there', () => {
  const { stderr } = run('main();', '--stack-trace-limit=0');

  expect(stderr).toMatch(/after 4 attempts/);
  expect(stderr).toMatch(/^ {2}#4 {2}.*retries-exhausted/m);
  expect(stderr).not.toMatch(/^ +at /m);
});

test.each([
  ['pino', `require('pino')({}, { write: (line) => process.stdout.write(line) }).error(error)`, ['err', 'stack']],
  [
    'winston',
    `const { createLogger, format, transports } = require('winston');
     createLogger({
       format: format.combine(format.errors({ stack: true }), format.json()),
       transports: [new transports.Console()],
     }).error(error)`,
    ['stack'],
  ],
])('%s writes the story into the stack, and the journal as data', (_, log, path) => {
  const { stdout } = run(`main().catch((error) => { ${log} });`);

  const line = JSON.parse(stdout) as Record<string, unknown>;
  const entry = (path.length > 1 ? line['err'] : line) as { readonly stack: string; readonly attempts: object[] };
  expect(entry.stack).toMatch(/after 4 attempts in [\d.]+ s\n +at async loadUsers .*\n[^]*\n {2}#4 {2}/);
  expect(entry.stack).not.toMatch(/node:internal|[\\/]dist[\\/]/);
  expect(entry.attempts).toHaveLength(4);
  expect(entry.attempts[3]).toMatchObject({ outcome: 503, decision: 'fail', reason: 'retries-exhausted' });
});

test('winston writes what it has added itself, without format.errors() too', () => {
  const { stdout } = run(`main().catch((error) => {
    const { createLogger, format, transports } = require('winston');
    const combined = format.combine(format.timestamp(), format.json());
    createLogger({ format: combined, defaultMeta: { service: 'orders' }, transports: [new transports.Console()] }).warn(error);
  });`);

  expect(JSON.parse(stdout)).toMatchObject({
    level: 'warn',
    service: 'orders',
    timestamp: expect.any(String) as string,
    name: 'HTTPError',
    code: 'SERVER_ERROR',
    attempts: { length: 4 },
  });
});

test('a failed test in Jest shows the story', () => {
  const folder = mkdtempSync(join(builtPackage(), 'tested-'));
  writeFileSync(join(folder, 'users.test.js'), programOf("test('loads', main);"));
  const bin = require.resolve('jest/bin/jest');
  const options = ['--rootDir', folder, '--colors=false', '--config', '{"haste":{"enableSymlinks":false}}'];

  const { stderr } = spawnSync(process.execPath, [bin, ...options], { encoding: 'utf8', cwd: folder });

  expect(stderr).toMatch(/HTTPError \[SERVER_ERROR\]: .*, after 4 attempts in [\d.]+ s\n/);
  expect(stderr).toMatch(/at loadUsers \(users\.test\.js:/);
  expect(stderr).toMatch(/#4 {2}.*retries-exhausted/);
});

test('uncaught in a worker thread, it is printed as in the main one', () => {
  const { stdout } = run(`
    const { isMainThread, Worker } = require('node:worker_threads');
    if (isMainThread) new Worker(__filename).on('error', console.log);
    else main();
  `);

  expect(stdout).toMatch(/^HTTPError \[SERVER_ERROR\]: GET .*after 4 attempts/);
  expect(stdout).toMatch(/^ {2}#4 {2}.*retries-exhausted/m);
});
