/** What calls do, as messages: a call that succeeds after a retry, and a circuit breaker that opens. */
import assert from 'node:assert/strict';
import { HTTPClient, observe } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  let requests = 0;
  const service = await startService(({ url }) => ({ status: url === '/down' || ++requests === 1 ? 503 : 200 }));
  const story: string[] = [];
  const stop = observe({
    attemptEnd({ attempt }) {
      const { number, outcome, decision, reason = '' } = attempt;
      story.push(`attempt ${number}: ${outcome}, ${decision} ${reason}`.trim());
    },
    callEnd({ call, response, error }) {
      story.push(`${call.client}: ${response?.status ?? error?.code} after ${call.retries} retries`);
    },
    breaker({ from, to, reason }) {
      story.push(`circuit: ${from} → ${to}, ${reason}`);
    },
  });
  const client = new HTTPClient({ name: 'users', retry: { base: 0.01 }, circuitBreaker: { minimumCalls: 4 } });

  await client.get(`${service.url}/users`);
  await assert.rejects(client.get(`${service.url}/down`));
  stop();
  await client.get(`${service.url}/users`, { circuitBreaker: false });

  console.log(story.join('\n'));
  assert.deepEqual(story.slice(0, 3), [
    'attempt 1: 503, retry SERVER_ERROR',
    'attempt 2: 200, done',
    'users: 200 after 1 retries',
  ]);
  assert.ok(story.includes('circuit: closed → open, failures'));
  client.close();
});
