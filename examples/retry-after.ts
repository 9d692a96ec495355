/** `Retry-After` lengthens the wait; one that is too long fails the call at once. */
import assert from 'node:assert/strict';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const busy = await startService([{ status: 429, headers: { 'Retry-After': '1' } }, { json: 'here you are' }]);
  const maintenance = await startService([{ status: 503, headers: { 'Retry-After': '3600' } }]);
  const client = new HTTPClient();

  const response = await client.get(busy.url);
  const [first] = response.config.call?.attempts ?? [];
  console.log(`${first?.outcome ?? ''}, waited ${first?.wait ?? 0} s instead of 0.5 s, then ${response.status}`);
  assert.equal(first?.wait, 1);
  assert.ok(response.elapsed >= 0.99);

  // A call does not wait for an hour: above `retry.maxRetryAfter` (30 s) it fails, and the caller decides.
  await assert.rejects(client.get(maintenance.url), (error) => {
    if (!isHTTPError(error)) return false;
    console.log(`${error.status}, come back in ${error.retryAfter ?? 0} s (${error.attempts[0]?.reason ?? ''})`);
    return error.retryAfter === 3600 && error.retries === 0;
  });

  client.close();
});
