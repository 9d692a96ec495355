// Draws what the client prints when a call fails. The call is real: a program calls a service on loopback, which fails in three
// ways. After a build: node scripts/failure-picture.mjs [file] [folder of the package]
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { picture } from './terminal-picture.mjs';

const HOST = '127.0.0.1';
/** As it is shown: the service listens on one that is free. */
const PORT = 8000;
const PROGRAM = 'show-ticket.mjs';

const root = join(import.meta.dirname, '..');
const file = resolve(process.argv[2] ?? join(root, 'docs', 'failed-call.svg'));
const library = resolve(process.argv[3] ?? root);

/** What the service does with the first request, the second, and so on. */
const RESPONSES = [
  (response) => send(response, 503),
  () => {}, // until the client hangs up
  (response) => send(response, 429, { 'Retry-After': '3' }),
  (response) => send(response, 503, {}, { title: 'The database is restarting' }),
];

const server = createServer((request, response) => RESPONSES.shift()?.(response)).listen(0, HOST);
await once(server, 'listening');
const { port } = server.address();
try {
  const output = await run(`
    import { HTTPClient } from '@hdms/http-client';

    const lookup = (host, options, found) => found(null, [{ address: '${HOST}', family: 4 }]);
    const tickets = new HTTPClient({ baseURL: 'http://ticket-service:${port}', timeout: 1, token: 'a-token', lookup });

    async function showTicket(id) {
      console.log(await tickets.getJson('/tickets/{id}', { pathParams: { id }, params: { api_key: 'a-key' } }));
    }

    await showTicket(456).catch(console.error);
    tickets.close();
  `);
  writeFileSync(
    file,
    picture([`$ node ${PROGRAM}`, ...output.trimEnd().split('\n')], 'What the client prints when a call fails'),
  );
  console.log(file);
} finally {
  server.closeAllConnections();
  server.close();
}

function send(response, status, headers = {}, body = {}) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers }).end(JSON.stringify(body));
}

/** What a program prints on standard error that has this package in its node_modules. */
async function run(code) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'failure-picture-')));
  try {
    mkdirSync(join(folder, 'node_modules', '@hdms'), { recursive: true });
    symlinkSync(library, join(folder, 'node_modules', '@hdms', 'http-client'));
    const path = join(folder, PROGRAM);
    writeFileSync(path, code.trim().replaceAll(/^ {4}/gm, ''));
    const { stderr } = await promisify(execFile)(process.execPath, [path]);
    return stderr.replaceAll(folder, '/app').replaceAll(`:${port}/`, `:${PORT}/`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
