import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtPackage } from '../support/built-package';
import { service } from '../support/service';

/** After each line, all garbage is collected between two calls: with the last call still in memory, or without it. */
const PROGRAM = `
  const { HTTPClient } = require('@hdms/http-client');
  const { undici } = require('@hdms/http-client/undici');
  const { requests } = require('./dist/util/together.js');
  const client = new HTTPClient(process.env.TRANSPORT === 'undici' ? { transport: undici() } : {});
  async function call(count) {
    for (let i = 0; i < count; i++) await client.getJson(process.env.API);
  }
  (async () => {
    await call(5000);
    for (let round = 0; round < 4; round++) {
      for (const name of ['kept', 'dropped']) {
        if (name === 'dropped') requests.last = undefined;
        console.log('#' + name);
        gc();
        await call(3000);
      }
    }
    client.close();
  })();
`;

test.each(['http', 'undici'])(
  'V8 keeps most compiled code of calls over %s when it collects all garbage',
  async (transport) => {
    const api = await service(() => ({ json: { id: 1 } }));
    const flags = ['--expose-gc', '--trace-deopt'];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, '-e', PROGRAM], {
      cwd: builtPackage(),
      env: { ...process.env, API: api.url, TRANSPORT: transport, NODE_OPTIONS: '' },
      maxBuffer: 64 * 1024 * 1024,
    });

    const discarded = { kept: 0, dropped: 0 };
    for (const part of stdout.split(/^#/m).slice(1)) {
      const name = part.startsWith('kept') ? 'kept' : 'dropped';
      discarded[name] += part.split('reason: weak objects').length - 1;
    }
    expect(discarded.dropped).toBeGreaterThan(100);
    expect(discarded.kept).toBeLessThan(discarded.dropped / 2);
  },
);
