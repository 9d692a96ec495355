/** `timeout` limits one attempt, `deadline` the whole call; both are in seconds, up to the last byte. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, isDeadlineExceeded, isTimeout } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

async function* drip(): AsyncGenerator<string> {
  for (;;) {
    yield '.';
    await sleep(20);
  }
}

example(async () => {
  const slow = await startService([{ delay: 5 }, {}]);
  const dripping = await startService([{ handle: (_, response) => Readable.from(drip()).pipe(response) }]);
  const down = await startService([{ status: 503 }]);
  const client = new HTTPClient({ retry: { base: 0.05 } });

  // A timeout is retried like any other failure.
  const response = await client.get(slow.url, { timeout: 0.1 });
  console.log(`${response.status} after ${response.retries} retry`);
  assert.equal(response.retries, 1);

  // It limits total time, not inactivity: a body that trickles in does not extend it.
  await assert.rejects(client.get(dripping.url, { timeout: 0.1, retryAttempts: 0 }), (error) => {
    if (!isTimeout(error)) return false;
    console.log(`${error.message} (phase: ${error.phase})`);
    return error.phase === 'body';
  });

  // The deadline covers all attempts and waits; `cause` is the failure before it.
  await assert.rejects(client.get(down.url, { deadline: 0.3, retryAttempts: 10 }), (error) => {
    if (!isDeadlineExceeded(error)) return false;
    console.log(`${error.message} (cause: ${String(error.cause)})`);
    return error.elapsed < 1;
  });

  client.close();
});
