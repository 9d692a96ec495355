// Packs the package as it would be published, installs it where nothing else is, and uses it as its users do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'http-client-package-'));
const bin = (name) => join(root, 'node_modules', '.bin', name);

const USE = `
const client = new HTTPClient({ timeout: 1, retryAttempts: 0, token: 'a-token' });
client.get('http://127.0.0.1:1/').then(
  () => process.exit(1),
  (error) => {
    const isRight = error instanceof ConnectionError && isRequestException(error) && error.code === 'CONNECTION_REFUSED';
    client.close();
    process.exitCode = isRight && typeof createClient === 'function' ? 0 : 1;
  },
);
`;

const TYPED = `
import { HTTPClient, isHTTPError, type HTTPResponse, type Plugin, type RequestOptions } from '@hdms/http-client';

interface User { readonly id: string }

const stamp: Plugin = {
  name: 'stamp',
  ring: 'call',
  install(http) {
    http.interceptors.request.use((config) => {
      config.headers.set('X-Stamp', '1');
      return config;
    });
  },
};

export async function load(client: HTTPClient, options: RequestOptions): Promise<User | undefined> {
  try {
    const response: HTTPResponse<User> = await client.get<User>('http://user-service/users/1', { ...options, retryAttempts: 2 });
    const ok: boolean = response.ok;
    const user = await client.postJson<User>('http://user-service/users', { json: { ok }, timeout: 2, params: { a: [1, 2] } });
    return user;
  } catch (error) {
    if (isHTTPError(error) && error.status === 404) return undefined;
    throw error;
  }
}

export const client = new HTTPClient({ baseURL: 'http://user-service:8000', plugins: [stamp], deadline: 10 }).use(stamp);
client.axios.interceptors.response.use((response) => {
  const count: number | undefined = response.config.call?.attempts.length;
  return count === 0 ? Promise.reject(new Error('nothing was sent')) : response;
});
void client.axios.get('http://user-service', { token: null, retryAttempts: 0, deadline: 1 });
// @ts-expect-error timeouts are numbers
void client.get('http://user-service', { timeout: '5s' });
// @ts-expect-error there is no such option
new HTTPClient({ retryAttempt: 3 });
`;

const steps = [
  ['pack and install', install],
  ['CommonJS consumer', () => run('node', ['consumer.cjs'])],
  ['ES module consumer', () => run('node', ['consumer.mjs'])],
  ['TypeScript, node16, CommonJS', () => compile('typed.cts', 'node16', 'node16')],
  ['TypeScript, node16, ES modules', () => compile('typed.mts', 'node16', 'node16')],
  ['TypeScript, bundler', () => compile('typed.ts', 'bundler', 'esnext')],
  ['publint', () => run(bin('publint'), ['--strict', join(folder, 'node_modules/@hdms/http-client')])],
  ['are the types wrong', () => run(bin('attw'), ['--profile', 'node16', '--format', 'ascii', packed])],
];

let packed = '';
try {
  for (const [index, [name, step]] of steps.entries()) {
    process.stdout.write(`[${index + 1}/${steps.length}] ${name} … `);
    step();
    console.log('ok');
  }
} catch (error) {
  console.log('failed');
  console.error([error.stdout, error.stderr, error.stdout === undefined ? error : ''].map(String).join('\n'));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function install() {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root));
  packed = join(folder, filename);
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }');
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', packed]);
  writeFileSync(
    join(folder, 'consumer.cjs'),
    `const { HTTPClient, ConnectionError, createClient, isRequestException } = require('@hdms/http-client');${USE}`,
  );
  writeFileSync(
    join(folder, 'consumer.mjs'),
    `import { HTTPClient, ConnectionError, createClient, isRequestException } from '@hdms/http-client';${USE}`,
  );
  for (const name of ['typed.cts', 'typed.mts', 'typed.ts']) writeFileSync(join(folder, name), TYPED);
}

/** Strict, and with the declarations of the package and of axios looked into. */
function compile(file, resolution, module) {
  const types = join(root, 'node_modules/@types');
  const options = { strict: true, noEmit: true, exactOptionalPropertyTypes: true, target: 'es2022', module };
  const compilerOptions = {
    ...options,
    moduleResolution: resolution,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [types],
  };
  mkdirSync(join(folder, 'types'), { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  run(bin('tsc'), ['-p', 'tsconfig.json']);
}

function run(command, args, cwd = folder) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}
