/** The undici transport: the same tokens, time limits, retries and errors over another HTTP implementation. */
import assert from 'node:assert/strict';
import { Agent } from 'undici';
import { HTTPClient, isTimeout } from '@hdms/http-client';
import { undici } from '@hdms/http-client/undici';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const users = await startService([{ status: 503 }, { json: { id: '123' } }]);
  const client = new HTTPClient({ transport: undici(), token: 'a-token', retry: { base: 0.02 } });

  const response = await client.get(`${users.url}/users/123`);
  console.log(`${response.status} after ${response.retries} retry, over undici`);
  assert.deepEqual(response.data, { id: '123' });
  assert.equal(users.requests[1]?.headers.authorization, 'Bearer a-token');

  // Your own dispatcher, for connection limits, TLS, a proxy, or a MockAgent in tests. You close it.
  const dispatcher = new Agent({ connections: 2 });
  const limited = new HTTPClient({ transport: undici({ dispatcher }), timeout: 0.1, retryAttempts: 0 });
  const slow = await startService([{ delay: 1 }]);
  await assert.rejects(limited.get(slow.url), (error) => isTimeout(error) && error.phase === 'headers');
  console.log("the timeout is the client's, to the millisecond");

  client.close();
  limited.close();
  await dispatcher.destroy();
});
