import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtPackage } from '../support/built-package';
import { service } from '../support/service';

/** About 64 KB of JSON, which take 300 KB when they are parsed. */
const RECORDS = Array.from({ length: 700 }, (_, id) => ({
  id,
  name: `user ${id}`,
  tags: ['one', 'two', 'three'],
  isActive: true,
}));

/** A process that collects garbage while 500 calls wait for a service that is slow at first. */
const APP = `
  const { HTTPClient } = require('@hdms/http-client');
  const { undici } = require('@hdms/http-client/undici');
  async function use(url, transport) {
    const client = new HTTPClient({ baseURL: url, transport: transport === 'http' ? transport : undici() });
    const times = (count, step) => Promise.all(Array.from({ length: count }, step));
    for (let call = 0; call < 20; call++) await client.get('/records');
    const waiting = times(500, () => client.get('/slow'));
    await new Promise((sent) => setTimeout(sent, 100));
    for (let round = 0; round < 4; round++) globalThis.garbage = Array.from({ length: 300_000 }, (_, id) => ({ id }));
    await waiting;
    let left = 2500;
    await times(50, async () => {
      while (left-- > 0) await client.get('/records');
    });
    client.close();
  }
  use(...process.argv.slice(1));
`;

/** The young generation is as large as in a service that has been busy: only then does V8 decide what is long-lived. */
const FLAGS = ['--min-semi-space-size=16', '--trace-gc-nvp'];

test.each(['http', 'undici'])(
  'over %s, the body of a response that has been read does not wait for a full collection',
  async (transport) => {
    const api = await service(({ url }) => (url === '/slow' ? { delay: 300 } : { json: RECORDS }));

    const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, '-e', APP, api.url, transport], {
      cwd: builtPackage(),
      maxBuffer: 2 ** 26,
    });
    const promoted = Array.from(stdout.matchAll(/ gc=s .* promoted=(\d+) /g), ([, bytes]) => Number(bytes));
    // The first ones promote what the process has loaded.
    const late = promoted.slice(promoted.length / 2);

    expect(late.length).toBeGreaterThan(10);
    expect(late.reduce((sum, bytes) => sum + bytes, 0) / late.length).toBeLessThan(1_500_000);
  },
  60_000,
);
