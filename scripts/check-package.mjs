// Packs the package as for publishing, installs it in an empty folder, and uses it as its users do.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'http-client-package-'));
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** What works without any peer dependency. */
const USE = `
const client = new HTTPClient({ timeout: 1, retryAttempts: 0, token: 'a-token' });
const mock = mockClient([{ json: 7 }]);
const middlewares = [requestContext(), upstreamErrors(), authenticate({ secret: 'k'.repeat(32), issuer: 'i', audience: 'a' })];

async function use() {
  const loaded = Object.keys(process.getBuiltinModule('node:module')._cache);
  assert.ok(loaded.length > 100);
  assert.deepEqual(loaded.filter((file) => /dist.inspector/.test(file)), []);
  const error = await client.get('http://127.0.0.1:1/').catch((reason) => reason);
  assert.ok(error instanceof ConnectionError && isRequestException(error), error);
  assert.equal(error.code, 'CONNECTION_REFUSED');
  assert.equal(typeof createClient, 'function');
  // All entry points share one copy of the classes.
  assert.ok(mock instanceof HTTPClient);
  assert.equal(await mock.getJson('http://user-service:8000/'), 7);
  assertCalled(mock, { url: '/', attempts: 1 });
  assert.deepEqual(middlewares.map(({ length }) => length), [3, 4, 3]);
  for (const [entry, peer] of [['undici', 'undici'], ['nestjs', '@nestjs/common'], ['opentelemetry', '@opentelemetry/api']]) await assert.rejects(
    load('@hdms/http-client/' + entry),
    new RegExp("Cannot find (module|package) '" + peer),
  );
  client.close();
}
use().catch((reason) => {
  console.error(reason);
  process.exitCode = 1;
});
`;

const NAMES = {
  '@hdms/http-client': 'HTTPClient, ConnectionError, createClient, isRequestException',
  '@hdms/http-client/testing': 'mockClient, assertCalled',
  '@hdms/http-client/express': 'requestContext, upstreamErrors, authenticate',
};

/** The exceptions are those of the AxiosError that the program itself imports, in both module systems. */
const USE_AXIOS = `
async function use() {
  const client = new HTTPClient({ token: null, retryAttempts: 0 });
  const error = await client.get('http://127.0.0.1:1/').catch((reason) => reason);
  assert.ok(error instanceof AxiosError && isAxiosError(error) && error instanceof ConnectionError, error);
  assert.ok(!(error instanceof CanceledError) && !(new Error() instanceof AxiosError));
  assert.ok(new AxiosError('text') instanceof AxiosError && new CanceledError() instanceof AxiosError);
}
use().catch((reason) => {
  console.error(reason);
  process.exitCode = 1;
});
`;

const AXIOS_NAMES = {
  '@hdms/http-client': 'HTTPClient, ConnectionError',
  axios: 'AxiosError, CanceledError, isAxiosError',
};

/** The page and its data, over HTTP and in the terminal. */
const USE_INSPECTOR = `
const { promisify } = process.getBuiltinModule('node:util');
const execFile = promisify(process.getBuiltinModule('node:child_process').execFile);

async function use() {
  const inspector = await startInspector();
  const client = new HTTPClient({ name: 'itself', token: null });
  const { origin, searchParams } = new URL(inspector.url);
  const headers = { Cookie: 'hdms_inspector=' + searchParams.get('key') };
  for (const [path, type] of Object.entries({ '/': 'text/html', '/page.js': 'text/javascript', '/page.css': 'text/css', '/icon.svg': 'image/svg+xml' })) {
    const response = await client.get(origin + path, { headers, responseType: 'text' });
    assert.ok(String(response.headers['content-type']).startsWith(type) && response.data.length > 200, path);
  }
  assert.equal(inspector.har().log.entries.length, 4);
  const { stdout } = await execFile('npx', ['--no-install', 'hdms-http-client', 'har', inspector.url]);
  assert.equal(JSON.parse(stdout).log.entries.length, 4);
  await assert.rejects(execFile('npx', ['--no-install', 'hdms-http-client', 'tail']), { code: 2 });
  assert.equal(inspectorHandler({ authorize: () => true }).length, 2);
  await inspector.close();
  client.close();
}
use().catch((reason) => {
  console.error(reason);
  process.exitCode = 1;
});
`;

const INSPECTOR_NAMES = {
  '@hdms/http-client': 'HTTPClient',
  '@hdms/http-client/inspector': 'startInspector, inspectorHandler',
};

/** What needs peer dependencies: a Nest application with a client over undici. */
const USE_PEERS = `
class Module {}
Reflect.decorate([NestModule({ imports: [HTTPClientModule.forRoot({ transport: undici(), token: null, inspector: true })] })], Module);

async function use() {
  const app = await NestFactory.createApplicationContext(Module, { logger: false });
  const client = app.get(getHTTPClientToken(), { strict: false });
  assert.ok(client instanceof HTTPClient);
  const error = await client.get('http://127.0.0.1:1/', { retryAttempts: 0 }).catch((reason) => reason);
  assert.equal(error.code, 'CONNECTION_REFUSED');
  assert.equal(app.get(HTTPClientHealth, { strict: false }).check().default.status, 'down');
  await app.close();
}
use().catch((reason) => {
  console.error(reason);
  process.exitCode = 1;
});
`;

const PEER_NAMES = {
  'reflect-metadata': '',
  '@hdms/http-client': 'HTTPClient',
  '@hdms/http-client/undici': 'undici',
  '@hdms/http-client/nestjs': 'HTTPClientModule, HTTPClientHealth, getHTTPClientToken',
  '@nestjs/common': 'Module as NestModule',
  '@nestjs/core': 'NestFactory',
};

const TYPED = `
import { createServer } from 'node:http';
import { HTTPClient, isHTTPError, type HTTPResponse, type Plugin, type RequestOptions } from '@hdms/http-client';
import { requestContext, upstreamErrors, type Middleware } from '@hdms/http-client/express';
import { inspectorHandler, startInspector, type HAR, type InspectorOptions } from '@hdms/http-client/inspector';
import { assertCalled, mockClient, startService, type MockClient } from '@hdms/http-client/testing';

const watched: InspectorOptions = { port: 0, traceURL: 'https://jaeger.internal/trace/{traceId}' };
export const har: Promise<HAR> = startInspector(watched).then((inspector) => inspector.har());
export const calls: Middleware = inspectorHandler({ authorize: ({ headers }) => headers.host === 'localhost' });
// @ts-expect-error there is no such option
void startInspector({ ports: 1 });

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

const mock: MockClient = mockClient([{ status: 503 }, { json: 1 }], { token: 'x' });
assertCalled(mock, { method: 'GET', attempts: [503, 200] });
// @ts-expect-error there is no such fact
assertCalled(mock, { methods: 'GET' });
export const port: Promise<number> = startService(async ({ url }) => ({ json: url })).then((service) => service.port);

const middleware: Middleware = requestContext({ forward: ['X-Tenant'] });
createServer((request, response) => {
  middleware(request, response, (error) => {
    upstreamErrors()(error, request, response, () => undefined);
    const subject: string | undefined = request.auth?.sub;
    response.end(subject);
  });
});
`;

/** One axios: the types of the client are those that the program imports, in both module systems. */
const TYPED_AXIOS = `
import { AxiosError, type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { ConnectionError, HTTPClient } from '@hdms/http-client';
import { mockClient } from '@hdms/http-client/testing';

export const http: AxiosInstance = new HTTPClient().axios;
export const mock: HTTPClient = mockClient([]);
export const config: AxiosRequestConfig = { retryAttempts: 1, token: null, deadline: 3 };

export function phaseOf(error: unknown): string | undefined {
  return error instanceof AxiosError && error instanceof ConnectionError ? error.phase : undefined;
}
`;

/** From the oldest TypeScript that is supported to the newest. */
const TYPESCRIPTS = ['5.0', '5.2', '5.3', '5.9', '7.0'];

/** Compiled without checking declarations, because those of Nest need types that are not installed here. */
const TYPED_PEERS = `
import { Module } from '@nestjs/common';
import { HTTPClient } from '@hdms/http-client';
import { HTTPClientModule, InjectHTTPClient, UpstreamExceptionFilter } from '@hdms/http-client/nestjs';
import { undici } from '@hdms/http-client/undici';

export class UserService {
  constructor(@InjectHTTPClient('users') readonly users: HTTPClient, readonly filter: UpstreamExceptionFilter) {}
}

@Module({
  imports: [
    HTTPClientModule.forRootAsync({ useFactory: () => ({ transport: undici({ allowH2: true }), deadline: 3 }) }),
    HTTPClientModule.forFeature([{ name: 'users', baseURL: 'http://user-service:8000' }]),
    // @ts-expect-error a client needs a name
    HTTPClientModule.forFeature([{ baseURL: 'http://user-service:8000' }]),
  ],
})
export class AppModule {}
`;

/** Types of Node that differ from those that this package was built with. */
const LATER_TYPES = '@types/node@26.6.6';

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const PEERS = ['undici', 'express', '@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs'];

const steps = [
  ['pack and install', install],
  ...runs('consumer', USE, NAMES),
  ...runs('axios', USE_AXIOS, AXIOS_NAMES),
  ['what is packed of the inspector', checkFiles],
  ...runs('inspector', USE_INSPECTOR, INSPECTOR_NAMES),
  ...['--require', '--import'].map((flag) => [`node ${flag} …/inspector/register`, () => register(flag)]),
  ...compilations('typed', TYPED, true),
  ...compilations('typed-axios', TYPED_AXIOS, true),
  ...TYPESCRIPTS.map((version) => [`TypeScript ${version}, nodenext`, () => compileWith(version)]),
  [`TypeScript, node16, with ${LATER_TYPES}`, compileForLaterNode],
  ['TypeScript 5.9, module commonjs', compileWithoutInterop],
  ['publint', () => run(bin('publint'), ['--strict', join(folder, 'node_modules/@hdms/http-client')])],
  ['are the types wrong', () => run(bin('attw'), ['--profile', 'node16', '--format', 'ascii', packed])],
  ['install the peers', () => npmInstall(PEERS.map((name) => `${name}@${devDependencies[name]}`))],
  ...runs('peers', USE_PEERS, PEER_NAMES),
  ...compilations('typed-peers', TYPED_PEERS, false),
];

let packed = '';
let files = [];
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
  // The package was built just before. `prepack` would build it again, and its output could end up in the JSON.
  const [{ filename, files: packedFiles }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  packed = join(folder, filename);
  files = packedFiles.map(({ path }) => path);
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }');
  npmInstall([packed]);
}

/** The page is bundled: neither its sources nor the pictures of its docs belong into the package. */
function checkFiles() {
  const needed = ['cli.js', 'register.js', 'page.json'];
  const missing = needed.filter((name) => !files.includes(`dist/inspector/${name}`));
  const strays = files.filter((name) => /^page\/|\.png$/.test(name));
  if (missing.length + strays.length > 0)
    throw new Error(`missing: ${missing.join(' ')}; not wanted: ${strays.join(' ')}`);
}

/** A program without a word about the inspector. */
function register(flag) {
  writeFileSync(
    join(folder, 'watched.mjs'),
    "await new Promise((done) => setTimeout(done, 300)); console.log('done');",
  );
  const args = [flag, '@hdms/http-client/inspector/register', 'watched.mjs'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const isRight =
    status === 0 && stdout === 'done\n' && /^The calls of this process: http:\/\/127\.0\.0\.1:\d+\/\?key=/.test(stderr);
  if (!isRight) throw new Error(`exit code ${status}: ${stdout}${stderr}`);
}

function npmInstall(packages) {
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', ...packages]);
}

/** Steps that run one program, as a CommonJS module and as an ES module. */
function runs(name, program, names) {
  const imports = Object.entries(names);
  const required = imports.map(([from, what]) => `const { ${what.replaceAll(' as ', ': ')} } = require('${from}');`);
  const imported = imports.map(([from, what]) => `import { ${what} } from '${from}';`);
  const forms = [
    ['cjs', 'CommonJS', [...required, 'const load = async (name) => require(name);']],
    ['mjs', 'ES module', [...imported, 'const load = (name) => import(name);']],
  ];
  return forms.map(([extension, form, head]) => [
    `${form} ${name}`,
    () => {
      writeFileSync(
        join(folder, `${name}.${extension}`),
        `${head.join('\n')}\nconst assert = process.getBuiltinModule('node:assert');${program}`,
      );
      run('node', [`${name}.${extension}`]);
    },
  ]);
}

/** Steps that compile one program with each of TypeScript's module resolutions. */
function compilations(name, program, isStrict) {
  const ways = [
    ['cts', 'node16', 'node16', 'node16, CommonJS'],
    ['mts', 'node16', 'node16', 'node16, ES modules'],
    ['ts', 'bundler', 'esnext', 'bundler'],
  ];
  return ways.map(([extension, resolution, module, way]) => [
    `TypeScript, ${way}, ${name}`,
    () => {
      writeFileSync(join(folder, `${name}.${extension}`), program);
      compile(`${name}.${extension}`, resolution, module, isStrict);
    },
  ]);
}

function compileWith(version) {
  npmInstall([`typescript-${version}@npm:typescript@${version}`]);
  for (const extension of ['mts', 'cts']) {
    compile(`typed-axios.${extension}`, 'nodenext', 'nodenext', true, root, [
      process.execPath,
      join(folder, 'node_modules', `typescript-${version}`, 'bin/tsc'),
    ]);
  }
}

function compileForLaterNode() {
  npmInstall([LATER_TYPES]);
  compile('typed.cts', 'node16', 'node16', true, folder);
}

/** Without `esModuleInterop`, which is off by default there, declarations cannot import the default of Node's modules. */
function compileWithoutInterop() {
  const compiler = [process.execPath, join(folder, 'node_modules/typescript-5.9/bin/tsc')];
  compile('typed.cts', 'node10', 'commonjs', true, root, compiler);
}

/**
 * @param isStrict whether the declarations of the package and of axios are checked too
 * @param types the folder from which the types of Node are taken
 * @param compiler the command to which `-p` is passed
 */
function compile(file, moduleResolution, module, isStrict, types = root, [tsc, ...script] = [bin('tsc')]) {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, exactOptionalPropertyTypes: true, target: 'es2022', module, moduleResolution },
    ...{ skipLibCheck: !isStrict, experimentalDecorators: true },
    types: ['node'],
    typeRoots: [join(types, 'node_modules/@types')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  run(tsc, [...script, '-p', 'tsconfig.json']);
}

function run(command, args, cwd = folder) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}
