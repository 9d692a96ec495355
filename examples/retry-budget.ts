/** The retry budget: a service that keeps failing gets few retries, one that fails now and then gets all of them. On by default. */
import assert from 'node:assert/strict';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

/** Makes calls one after the other, and returns the reasons for which the failed ones were not retried again. */
async function callFortyTimes(client: HTTPClient, url: string): Promise<string[]> {
  const reasons: string[] = [];
  for (let number = 0; number < 40; number++) {
    await client.get(url).catch((error: unknown) => {
      if (!isHTTPError(error)) throw error;
      reasons.push(error.attempts.at(-1)?.reason ?? '');
    });
  }
  return reasons;
}

example(async () => {
  const down = await startService([{ status: 503 }]);
  // Short waits, to keep this example short.
  const client = new HTTPClient({ retry: { base: 0.001 } });
  const reasons = await callFortyTimes(client, down.url);
  console.log(`down, with a budget:    ${down.requests.length} requests for 40 calls`);
  console.log(`  the first calls failed for ${reasons[0] ?? ''}, the others for ${reasons.at(-1) ?? ''}`);
  // The reserve of 10 retries is used up.
  assert.equal(down.requests.length, 40 + 10);
  assert.equal(reasons.at(-1), 'retry-budget');

  down.requests.length = 0;
  const unlimited = new HTTPClient({ retry: { base: 0.001, budget: false } });
  await callFortyTimes(unlimited, down.url);
  console.log(`down, without a budget: ${down.requests.length} requests for 40 calls`);
  assert.equal(down.requests.length, 40 * 4);

  // Independent failures: every eighth request fails, its retry succeeds and costs nothing.
  let count = 0;
  const flaky = await startService(() => ({ status: ++count % 8 === 0 ? 503 : 200 }));
  const failed = await callFortyTimes(client, flaky.url);
  console.log(`flaky, with a budget:   ${flaky.requests.length} requests for 40 calls, ${failed.length} failed`);
  assert.equal(failed.length, 0);

  client.close();
  unlimited.close();
});
