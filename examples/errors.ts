/** What an exception says: its class, how far the request got, and the journal of its attempts. */
import assert from 'node:assert/strict';
import { HTTPClient, isConnectionError, isHTTPError, isRequestException, isTimeout } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const problem = { title: 'Out of stock', status: 409, detail: 'there are 2 printers left', available: 2 };
  const shop = await startService([
    { status: 409, headers: { 'Content-Type': 'application/problem+json' }, json: problem },
  ]);
  const down = await startService([{ delay: 5 }, { status: 503 }]);
  const gone = await startService();
  await gone.close();
  const client = new HTTPClient({ token: 'a-secret', timeout: 0.1, retry: { base: 0.02 } });

  const explain = async (call: Promise<unknown>): Promise<string> => {
    try {
      await call;
      return 'ok';
    } catch (error) {
      // The most specific first: each class extends RequestException.
      if (isHTTPError(error) && error.problem) return `${error.status}: ${error.problem.detail ?? ''}`;
      if (isHTTPError(error)) return `responded with ${error.status} after ${error.retries} retries`;
      if (isTimeout(error)) return `too slow, in the phase ${error.phase}`;
      if (isConnectionError(error)) return `${error.code}, sent: ${error.sent}`;
      throw error;
    }
  };
  assert.equal(
    await explain(client.post(`${shop.url}/orders`, { json: { printers: 3 } })),
    '409: there are 2 printers left',
  );
  assert.equal(await explain(client.get(gone.url, { retryAttempts: 0 })), 'CONNECTION_REFUSED, sent: no');

  // Printed as a whole, it shows the history of the call, and no token.
  const error: unknown = await client.get(`${down.url}/users?api_key=42`).catch((reason: unknown) => reason);
  console.log(error);
  console.log(JSON.stringify(error, undefined, 1).slice(0, 300), '…');
  assert.ok(isRequestException(error));
  assert.deepEqual(
    error.attempts.map(({ outcome }) => outcome),
    ['TIMEOUT', 503, 503, 503],
  );
  assert.doesNotMatch(JSON.stringify(error), /a-secret|api_key=42/);

  client.close();
});
