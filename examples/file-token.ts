/** The token that Kubernetes projects into a pod for its service account: read again when the kubelet has replaced it. */
import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileToken, HTTPClient, isTokenError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const api = await startService([{ status: 200 }]);
  // In a pod this is /var/run/secrets/tokens/api-token, or as the volume says.
  const folder = mkdtempSync(join(tmpdir(), 'file-token-'));
  const path = join(folder, 'token');
  writeFileSync(path, 'first-token\n');

  const client = new HTTPClient({ baseURL: api.url, token: fileToken(path) });
  await client.get('/');

  writeFileSync(`${path}.new`, 'second-token\n');
  renameSync(`${path}.new`, path);
  // The file is checked at most once per second.
  await sleep(1100);
  await client.get('/');

  // If the file cannot be read, the last good token is used until it expires.
  rmSync(folder, { recursive: true });
  await sleep(1100);
  await client.get('/');

  const sent = api.requests.map(({ headers }) => headers.authorization);
  console.log(sent.join(', '));
  assert.deepEqual(sent, ['Bearer first-token', 'Bearer second-token', 'Bearer second-token']);

  // If there never was a token, the error names the file.
  const other = new HTTPClient({ token: fileToken('/nowhere/token') });
  await assert.rejects(other.get(api.url), (error) => {
    console.log(String(error));
    return isTokenError(error);
  });

  client.close();
  other.close();
});
