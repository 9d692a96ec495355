import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

/** A process of its own: in that of a test, Node's modules have another `Object.prototype`. */
const PROGRAM = `
  const http = require('node:http');
  const { HTTPClient } = require('@hdms/http-client');
  const { undici } = require('@hdms/http-client/undici');
  const pollute = (name, value) => Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });

  const clients = ['http', undici()].map((transport) => new HTTPClient({ token: null, transport, retryAttempts: 0 }));
  async function main(url) {
    for (const client of clients) {
      const answer = await client.get(url).then(({ data }) => data, (error) => error.message);
      console.log(answer);
    }
    process.exit();
  }
  const server = http.createServer((request, response) => 
    response.end(request.url + ' ' + request.headers.authorization + ' ' + request.rawHeaders.includes('mallory')));
  server.listen(0, '127.0.0.1', () => {
    const url = 'http://127.0.0.1:' + server.address().port;
    pollute('auth', 'mallory:secret');
    pollute('socketPath', '/nowhere/mallory.sock');
    pollute('query', { mallory: 1 });
    pollute('upgrade', 'mallory');
    main(url);
  });
`;

test('a polluted prototype adds no credentials to a request, and leads it nowhere else', () => {
  const folder = mkdtempSync(join(builtPackage(), 'program-'));
  writeFileSync(join(folder, 'service.js'), PROGRAM);

  const { stdout } = spawnSync(process.execPath, [join(folder, 'service.js')], { encoding: 'utf8', cwd: folder });

  expect(stdout.trim().split('\n')).toEqual(Array(2).fill('/ undefined false'));
});
