import { execFileSync } from 'node:child_process';
import { builtPackage } from '../support/built-package';

/*
 * A connection keeps the async context in which it was opened, and a parser the one of its last request: so others come before and
 * after the call. That holds without an inspector, too.
 */
const SCRIPT = `
  const http = require('node:http');
  const { HTTPClient, runInContext } = require('./dist/index.js');
  const { Recorder } = require('./dist/inspector/recorder.js');
  const { undici } = require('./dist/transports/undici.js');
  const [scene, name] = process.argv.slice(1);
  const transport = name === 'undici' ? undici() : 'http';
  const kept = new Recorder({ maxCalls: 1000, maxBytes: 1e8 });
  const server = http.createServer(({ url }, response) => {
    response.writeHead(url.startsWith('/fails') ? 503 : 200).end('{}');
  });
  const scenes = {
    get: (client, url) => client.get(url + '/x'),
    axios: (client, url) => client.axios.get(url + '/x'),
    fails: (client, url) => client.get(url + '/fails').catch((error) => error),
    stream: async (client, url) => {
      const response = await client.get(url + '/x', { responseType: 'stream' });
      for await (const _ of response.data);
      return response;
    },
  };
  server.listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port;
    const client = new HTTPClient({ token: null, transport, retryAttempts: 1, retry: { base: 0.001 } });
    await client.get(url + '/before');
    const weak = await (async () => {
      const inbound = { headers: { 'x-request-id': 'req-1' } };
      const context = { requestId: 'req-1', route: () => String(inbound.headers['x-request-id']) };
      const outcome = await runInContext(context, () => scenes[scene](client, url));
      return [inbound, outcome.config?.call ?? outcome, outcome].map((one) => new WeakRef(one));
    })();
    for (let number = 0; number < 3; number++) await client.get(url + '/after');
    for (let turn = 0; turn < 10; turn++) {
      await new Promise((done) => setTimeout(done, 10));
      global.gc();
    }
    console.log(JSON.stringify([kept.changesSince(0).length, ...weak.map((one) => one.deref() === undefined)]));
    kept.close();
    client.close();
    server.closeAllConnections();
    server.close();
  });
`;

describe.each(['http', 'undici'])('after the end of a call over %s, its record holds neither', (transport) => {
  test.each(['get', 'axios', 'stream', 'fails'])('the call, its outcome nor the inbound request: %s', (scene) => {
    const output = execFileSync(process.execPath, ['--expose-gc', '-e', SCRIPT, scene, transport], {
      cwd: builtPackage(),
      encoding: 'utf8',
    });

    expect(JSON.parse(output)).toEqual([5, true, true, true]);
  });
});
