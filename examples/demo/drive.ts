/** Starts the demo with `--watch`, opens the address that it prints, and ends it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HTTPClient } from '@hdms/http-client';
import { example } from '../support/example';

async function addressOf(output: NodeJS.ReadableStream): Promise<URL> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\/\/\S+/.exec(line) ?? [];
    if (address !== undefined) return new URL(address);
  }
  throw new Error('the demo has printed no address');
}

example(async () => {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const demo = spawn(process.execPath, [join(__dirname, 'index.js'), '--watch'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(demo.stdout);
  demo.stdout.resume();
  const client = new HTTPClient({ token: null, baseURL: address.origin });
  const Cookie = `hdms_inspector=${address.searchParams.get('key') ?? ''}`;

  const { data: page } = await client.get<string>('/', { headers: { Cookie } });
  const { data: har } = await client.get<{ log: { entries: unknown[] } }>('/har', { headers: { Cookie } });
  console.log(`${address.origin} has a page of ${page.length} characters, and ${har.log.entries.length} requests`);
  assert.match(page, /<title>calls<\/title>/);
  assert.ok(har.log.entries.length > 0);
  client.close();

  // What it has open would keep it running.
  demo.kill('SIGINT');
  const [status] = (await once(demo, 'close')) as [number | null];
  assert.equal(status, 0);
});
