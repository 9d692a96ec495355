// Packs the package, installs it into an app of each version of Nest, which is driven over HTTP, and into an app of each version of
// OpenTelemetry's SDK, which drives itself: node scripts/test-apps.mjs
// With further Node versions, from npm's `node` packages, and only some of the apps: node scripts/test-apps.mjs nest 22 24
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonwebtoken from 'jsonwebtoken';

const repository = join(import.meta.dirname, '..');
const sources = join(repository, '__tests__', 'apps');
const folder = mkdtempSync(join(tmpdir(), 'http-client-apps-'));
const SECRET = 'a secret of at least thirty-two bytes';
/** Milliseconds within which an app must do what it is asked to do. */
const LIMIT = 20_000;
const TRACE = '0af7651916cd43dd8448eb211c80319c';

const EDGE = {
  'X-Request-Id': 'edge-1',
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
  'X-Request-Timeout-Ms': '1500',
};

const isVersion = (text) => /^\d/.test(text);
const wanted = process.argv.slice(2).filter((text) => !isVersion(text));
const nodes = [process.execPath, ...process.argv.slice(2).filter(isVersion).map(nodeOf)];
const runs = nodes.flatMap((node) => ['express', 'fastify'].map((platform) => [node, platform]));
const apps = readdirSync(sources).filter((name) => /-\d+$/.test(name) && isWanted(name));
let failures = 0;
let packed;
try {
  await step('pack', () => {
    // The package was built just before. `prepack` would build it again, and its output could end up in the JSON.
    const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(run('npm', pack, process.env.PACKAGE_FOLDER ?? repository));
    return (packed = join(folder, filename));
  });
  for (const name of apps.filter((one) => one.startsWith('opentelemetry-'))) {
    if (await step(`${name}: install`, () => install(name, 'opentelemetry'))) await instrument(name);
  }
  for (const name of apps.filter((one) => one.startsWith('nest-'))) {
    const isReady =
      (await step(`${name}: install`, () => install(name))) && (await step(`${name}: types`, () => compile(name)));
    for (const [node, platform] of isReady ? runs : []) {
      const version = run(node, ['--version']).trim();
      await step(`${name}: drive on ${platform}, Node ${version}`, () => drive(name, node, platform));
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

function isWanted(name) {
  return wanted.length === 0 || wanted.some((text) => name.startsWith(text));
}

/** Runs an app as a CommonJS program and as ES modules, with its telemetry loaded first, on each Node that its SDK supports. */
async function instrument(name) {
  const { engines } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
  for (const node of nodes) {
    const version = run(node, ['--version']).trim();
    if (isOlder(version.slice(1), engines.node.replace('>=', ''))) {
      console.log(`${name}: skipped on Node ${version}, because its SDK needs ${engines.node}`);
      continue;
    }
    for (const [flag, extension] of [
      ['--require', 'cjs'],
      ['--import', 'mjs'],
    ]) {
      await step(`${name}: run with ${flag}, Node ${version}`, () => {
        const args = [flag, `./telemetry.${extension}`, `main.${extension}`];
        assert.equal(run(node, args, join(folder, name)), 'OK\n');
      });
    }
  }
}

function isOlder(version, minimum) {
  return version.localeCompare(minimum, 'en', { numeric: true }) < 0;
}

/** @returns whether the step succeeded */
async function step(title, work) {
  process.stdout.write(`${title} … `);
  const start = performance.now();
  try {
    await work();
    console.log(`ok (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    failures++;
    console.log('FAILED');
    console.error([error.stdout, error.stderr, error.stack].filter(Boolean).map(String).join('\n'));
    return false;
  }
}

function nodeOf(version) {
  return run('npx', ['--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath']).trim();
}

function install(name, shared) {
  const app = join(folder, name);
  cpSync(join(sources, name), app, { recursive: true });
  // What the apps of a kind share.
  if (shared === undefined) cpSync(join(sources, 'app.ts'), join(app, 'app.ts'));
  else cpSync(join(sources, shared), app, { recursive: true });
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', packed], app);
}

/** Strict, with the declarations of that version of Nest. */
function compile(name) {
  const bin = join(repository, 'node_modules', '.bin', 'tsc');
  run(bin, ['-p', 'tsconfig.json', '--typeRoots', join(repository, 'node_modules', '@types')], join(folder, name));
}

async function drive(name, node, platform) {
  const users = await startUsers();
  const started = [];
  const start = async () => {
    const app = await startApp(name, node, { PLATFORM: platform, USERS_URL: users.url });
    started.push(app.process);
    return app;
  };
  try {
    const app = await start();
    await Promise.race([tell(app, users, platform), app.died]);
    app.process.kill('SIGTERM');
    assert.deepEqual(await app.end(), [0, null], 'SIGTERM closes the app, and nothing keeps the process alive');
    assert.doesNotMatch(app.output(), /warn/i);

    const other = await start();
    await ask(other, '/orders/1', { headers: bearer() });
    other.process.kill('SIGINT');
    assert.deepEqual(await other.end(), [null, 'SIGINT'], "Nest's own hooks stop it too");
  } finally {
    // Also after a failure, because an app that is left running keeps this process alive.
    for (const child of started) child.kill('SIGKILL');
    users.close();
  }
}

/** What the apps must do, in this order. */
async function tell(app, users, platform) {
  const ready = await ask(app, '/health');
  assert.deepEqual([ready.status, ready.body.info.users], [200, { status: 'up' }], 'health without a call');
  assert.equal(users.requests.length, 0, 'health does not ping');

  const refused = await ask(app, '/orders/1');
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('www-authenticate'), 'Bearer');

  const found = await ask(app, '/orders/1', { headers: { ...bearer(), ...EDGE } });
  assert.deepEqual([found.status, found.body], [200, { order: { id: '1' }, sameClient: false }]);
  assert.equal(found.headers.get('x-request-id'), 'edge-1');
  const { headers } = users.requests.at(-1);
  assert.equal(headers['x-request-id'], 'edge-1');
  assert.equal(headers.authorization, 'Bearer own-token');
  assert.equal(headers.traceparent, `00-${TRACE}-b7ad6b7169203331-01`);
  assert.ok(Number(headers['x-request-timeout-ms']) <= 1500, 'the remaining time is forwarded');

  const inspected = await inspect(app, `${users.url}/users/1`);
  assert.deepEqual(
    [inspected.status, inspected.client, inspected.context],
    [
      200,
      'users',
      {
        requestId: 'edge-1',
        traceId: TRACE,
        route: '/orders/:id',
      },
    ],
  );

  const json = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ text: 'x'.repeat(50_000) });
  const created = await ask(app, '/orders', { method: 'POST', body, headers: { ...bearer(), ...EDGE, ...json } });
  assert.deepEqual([created.status, created.body], [201, { subject: 'ada', requestId: 'edge-1' }]);

  const failed = await ask(app, '/orders/broken', { headers: { ...bearer(), ...EDGE } });
  assert.equal(failed.status, 502);
  assert.equal(failed.headers.get('content-type'), 'application/problem+json');
  assert.deepEqual([failed.body.status, failed.body.requestId], [502, 'edge-1']);
  assert.equal(
    failed.headers.get('x-on-send'),
    platform === 'fastify' ? 'yes' : null,
    "Fastify's hooks see the answer",
  );

  const unread = await ask(app, '/orders', {
    method: 'POST',
    body: '{"half":',
    headers: { ...bearer(), ...EDGE, ...json },
  });
  assert.deepEqual([unread.status, unread.headers.get('x-request-id')], [400, 'edge-1'], 'a body that is not read');

  const down = await ask(app, '/health');
  assert.equal(down.status, 503);
  assert.deepEqual([down.body.error.users.status, down.body.error.users.lastOutcome], ['down', 500]);
  await ask(app, '/orders/1', { headers: bearer() });
  const up = await ask(app, '/health');
  assert.deepEqual(
    [up.status, up.body.details.users.lastOutcome, up.body.details.users.tokenExpiresIn],
    [200, 200, 'unknown'],
  );

  // Not with fetch, which connects again after the abort, although it has no request to send.
  const caller = http.get(`${app.url}/orders/slow`, { headers: bearer(), agent: false }).on('error', () => undefined);
  await once(users.events, 'slow');
  const cancelled = once(users.events, 'cancelled');
  caller.destroy();
  await cancelled;
}

function bearer() {
  const token = jsonwebtoken.sign({ sub: 'ada' }, SECRET, {
    issuer: 'gateway',
    audience: 'order-service',
    expiresIn: 60,
  });
  return { Authorization: `Bearer ${token}` };
}

async function ask({ url }, path, options = {}) {
  const answer = await fetch(url + path, { ...options, signal: AbortSignal.timeout(LIMIT) });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** What the inspector, whose address is in the log, shows of the call of a URL. */
async function inspect(app, url) {
  const [address] = /http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]+/.exec(app.output()) ?? [];
  assert.ok(address, 'the address of the inspector is in the log');
  const page = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(LIMIT) });
  const Cookie = page.headers.get('set-cookie').split(';')[0];
  const read = async (path) => (await fetch(new URL(path, address), { headers: { Cookie } })).json();
  const { log } = await read('/har');
  const entry = log.entries.find(({ request }) => request.url === url);
  assert.ok(entry, 'the inspector has recorded the call');
  return read(`/calls/${entry._call}`);
}

/** The service that the apps call. */
async function startUsers() {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(request);
    const [, id] = /^\/users\/(\w+)$/.exec(request.url) ?? [];
    if (id === 'slow') {
      response.once('close', () => server.emit('cancelled'));
      server.emit('slow');
    } else if (id === 'broken') response.writeHead(500).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, requests, events: server, close };
}

async function startApp(name, node, settings) {
  const env = { PATH: process.env.PATH, NO_COLOR: '1', SECRET, ...settings };
  const child = spawn(node, ['dist/main.js'], { cwd: join(folder, name), env });
  let output = '';
  const ended = once(child, 'exit');
  const died = ended.then(() => assert.fail(`the app exited before it was stopped:\n${output}`));
  died.catch(() => undefined);
  const listening = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const [, url] = /LISTENING (\S+)\n/.exec(output) ?? [];
        if (url) resolve(url);
      });
    }
  });
  const url = await Promise.race([listening, died]);
  const end = async () => {
    // An app that hangs is killed, which its exit signal then shows.
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const [code, signal] = await ended;
    clearTimeout(timer);
    return [code, signal];
  };
  return { url, process: child, died, end, output: () => output };
}

function run(command, args, cwd = folder) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}
