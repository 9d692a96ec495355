/** The first attempt consumes a stream. A function that opens a new one makes the upload retryable. */
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const { size } = await stat(__filename);
  const uploads = await startService([{ status: 503 }, { status: 201 }, { status: 503 }]);
  const client = new HTTPClient({ retry: { base: 0.02 } });
  const headers = { 'Content-Type': 'text/javascript' };

  const response = await client.put(uploads.url, { data: () => createReadStream(__filename), headers });
  console.log(`${response.status} after ${response.retries} retry`);
  console.log(`bytes received: ${uploads.requests.map(({ body }) => body.length).join(' and ')}`);
  assert.deepEqual(
    uploads.requests.map(({ body }) => body.length),
    [size, size],
  );

  // A bare stream is sent once. Sent again it would be empty, so the call fails instead and says why.
  await assert.rejects(client.put(uploads.url, { data: createReadStream(__filename), headers }), (error) => {
    if (!isHTTPError(error)) return false;
    console.log(`${error.message} (${error.attempts[0]?.reason ?? ''})`);
    return error.attempts[0]?.reason === 'body-not-replayable';
  });

  client.close();
});
