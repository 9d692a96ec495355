/** The caller's signal cancels a call, during an attempt or in the wait between two attempts. */
import assert from 'node:assert/strict';
import { HTTPClient, isDeadlineExceeded, isRequestCancelled } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const slow = await startService([{ delay: 10 }]);
  const down = await startService([{ status: 503 }]);
  const client = new HTTPClient({ timeout: 60 });

  // The user closes the page, so the response is no longer needed.
  const page = new AbortController();
  setTimeout(() => {
    page.abort();
  }, 50);
  await assert.rejects(client.get(slow.url, { signal: page.signal }), (error) => {
    if (!isRequestCancelled(error)) return false;
    console.log(`${error.message} (${error.elapsed.toFixed(2)} s)`);
    return error.elapsed < 5 && error.retries === 0;
  });

  // The wait of 0.5 s after the first attempt is cut short.
  const batch = new AbortController();
  setTimeout(() => {
    batch.abort();
  }, 100);
  await assert.rejects(client.get(down.url, { signal: batch.signal }), (error) => {
    if (!isRequestCancelled(error)) return false;
    console.log(`${error.message} (attempts: ${error.attempts.length})`);
    return error.attempts.length === 1 && error.elapsed < 0.45;
  });

  // A signal that is a timer counts as a deadline.
  await assert.rejects(client.get(slow.url, { signal: AbortSignal.timeout(50) }), (error) => {
    console.log(String(error));
    return isDeadlineExceeded(error);
  });

  client.close();
});
