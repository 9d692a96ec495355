/** A limit for the calls that are under way at the same time. The next ones wait, and above `queue` they fail at once. */
import assert from 'node:assert/strict';
import { HTTPClient, isCallNotPermitted } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  let active = 0;
  let most = 0;
  const slow = await startService([
    {
      handle: (_, response) => {
        most = Math.max(most, ++active);
        setTimeout(() => {
          active--;
          response.end('done');
        }, 50);
      },
    },
  ]);
  const client = new HTTPClient({ concurrency: { limit: 3, queue: 6 } });

  const calls = await Promise.allSettled(Array.from({ length: 20 }, async () => client.get(slow.url)));

  const refused = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []));
  console.log(`20 calls: at most ${most} at a time, ${20 - refused.length} succeeded`);
  console.log(`${refused.length} failed at once: ${String(refused[0])}`);
  assert.equal(most, 3);
  assert.equal(refused.length, 20 - 3 - 6);
  assert.ok(refused.every((error) => isCallNotPermitted(error) && error.code === 'QUEUE_FULL'));

  client.close();
});
