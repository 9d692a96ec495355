/** A limit for the requests per second: calls wait for their turn, and fail at once where that would take too long. */
import assert from 'node:assert/strict';
import { HTTPClient, isCallNotPermitted } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const partner = await startService([{ status: 200 }]);
  // 50 requests a second, one every 20 ms.
  const client = new HTTPClient({ rateLimit: { rate: 50 } });
  const start = performance.now();
  await Promise.all(Array.from({ length: 16 }, async () => client.get(partner.url)));
  const elapsed = (performance.now() - start) / 1000;
  console.log(`16 calls at once took ${elapsed.toFixed(2)} s`);
  assert.ok(elapsed >= 0.29);

  // Nobody waits longer than 150 ms: one call goes at once, one after 100 ms, and the others fail.
  const hasty = new HTTPClient({ rateLimit: { rate: 10, maxWait: 0.15 } });
  const calls = await Promise.allSettled(Array.from({ length: 5 }, async () => hasty.get(partner.url)));
  const refused = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []));
  console.log(`${5 - refused.length} of 5 calls passed; then ${String(refused[0])}`);
  assert.equal(refused.length, 3);
  assert.ok(refused.every((error) => isCallNotPermitted(error) && error.code === 'RATE_LIMITED'));

  // Processes share a rate through Redis: rateLimit: { rate: 100, store: redisRateLimitStore(redis) }
  client.close();
  hasty.close();
});
