import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const SCRIPT = `
  const http = require('node:http');
  const { HTTPClient, runInContext, contextFrom } = require('./dist/index.js');
  const { Recorder } = require('./dist/inspector/recorder.js');
  const kept = new Recorder({ maxCalls: 1000, maxBytes: 1e8 });
  const server = http.createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1', async () => {
    const client = new HTTPClient({ token: null });
    const weak = await (async () => {
      const inbound = { headers: { 'x-request-id': 'req-1' } };
      const context = contextFrom(inbound.headers, {});
      const response = await runInContext({ requestId: 'req-1', route: () => String(inbound.headers['x-request-id']) }, () =>
        client.get('http://127.0.0.1:' + server.address().port + '/x'),
      );
      await client.get('http://127.0.0.1:' + server.address().port + '/y');
      return [inbound, response.config.call, response.config, response].map((one) => new WeakRef(one));
    })();
    for (let turn = 0; turn < 10; turn++) {
      await new Promise((done) => setTimeout(done, 20));
      global.gc();
    }
    console.log(JSON.stringify([kept.changesSince(0).length, ...weak.map((one) => one.deref() === undefined)]));
    process.exit();
  });
`;

test('after the end of a call, its record holds neither the call nor the inbound request', () => {
  const output = execFileSync(process.execPath, ['--expose-gc', '-e', SCRIPT], {
    cwd: resolve(__dirname, '../..'),
    encoding: 'utf8',
  });

  expect(JSON.parse(output)).toEqual([2, true, true, true, true]);
});
