/** A download that is never in memory as a whole. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

const BLOCK = Buffer.alloc(64 * 1024, 'hdms');
const BLOCKS = 128;

example(async () => {
  const files = await startService([
    { status: 503 },
    { handle: (_, response) => Readable.from(Array.from({ length: BLOCKS }, () => BLOCK)).pipe(response) },
  ]);
  const client = new HTTPClient({ retry: { base: 0.02 } });
  const directory = await mkdtemp(join(tmpdir(), 'download-'));
  const path = join(directory, 'report.bin');

  // The call is over, and no longer retried, once the headers arrive; `timeout` then limits each wait for more bytes.
  const { data, retries } = await client.get<Readable>(`${files.url}/report`, { responseType: 'stream' });
  await pipeline(data, createWriteStream(path));

  const bytes = await readFile(path);
  console.log(
    `${bytes.length} bytes after ${retries} retry, sha256 ${createHash('sha256').update(bytes).digest('hex')}`,
  );
  assert.equal(bytes.length, BLOCKS * BLOCK.length);
  assert.equal(retries, 1);

  await rm(directory, { recursive: true });
  client.close();
});
