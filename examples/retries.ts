/** Retries: 3 by default, after 0.5 s, 1 s and 2 s; per call, per client, or none at all. */
import assert from 'node:assert/strict';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const failTwice = await startService([{ status: 503 }, { status: 503 }, { status: 200 }]);
  const down = await startService([{ status: 500 }]);
  // Waits of 20 ms, 40 ms, 80 ms …, to keep this example short.
  const client = new HTTPClient({ retry: { base: 0.02 } });

  const response = await client.get(failTwice.url);
  console.log(`${response.status} after ${response.retries} retries`);
  assert.equal(response.retries, 2);

  await assert.rejects(client.get(down.url), (error) => isHTTPError(error) && error.retries === 3);
  await assert.rejects(
    client.get(down.url, { retryAttempts: 5 }),
    (error) => isHTTPError(error) && error.retries === 5,
  );
  await assert.rejects(
    client.get(down.url, { retryAttempts: 0 }),
    (error) => isHTTPError(error) && error.retries === 0,
  );
  console.log(`${down.requests.length} requests for a service that is down`);
  assert.equal(down.requests.length, 4 + 6 + 1);

  // For a service that cannot tell a repeated POST from a new one.
  const careful = new HTTPClient({ retry: { unsafeMethods: 'when-not-sent', jitter: 'full', base: 0.02, cap: 10 } });
  await assert.rejects(careful.post(down.url, { json: {} }), (error) => {
    if (!isHTTPError(error)) return false;
    console.log(`POST: ${error.attempts.at(-1)?.reason ?? ''}`);
    return error.attempts.length === 1;
  });

  // Your own condition: a 409 passes, because the other service is still busy with the request before.
  const busy = await startService([{ status: 409 }, { status: 201 }]);
  const created = await client.post(busy.url, {
    json: {},
    retry: {
      when: (error) => (error.status === 409 ? true : undefined),
      onRetry: ({ attempt, wait }) => {
        console.log(`attempt ${attempt} failed, the next one is in ${wait} s`);
      },
    },
  });
  assert.equal(created.status, 201);

  client.close();
  careful.close();
});
