/** What is known of an origin can be split (`partition`), or shared between clients (`origins`). */
import assert from 'node:assert/strict';
import { HTTPClient, isCallNotPermitted, OriginStates } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

const CIRCUIT = { minimumCalls: 5, openFor: 60 };

async function isOpen(client: HTTPClient, url: string): Promise<boolean> {
  try {
    await client.get(url);
  } catch (error) {
    return isCallNotPermitted(error);
  }
  return false;
}

example(async () => {
  const service = await startService(({ url }) => ({ status: url.startsWith('/reports') ? 500 : 200 }));
  const [reports, users] = [`${service.url}/reports/1`, `${service.url}/users/1`];

  // One circuit for each route: reports fail, users do not.
  const split = new HTTPClient({
    retryAttempts: 0,
    circuitBreaker: CIRCUIT,
    partition: ({ url = '' }) => new URL(url).pathname.split('/')[1] ?? '',
  });
  for (let number = 0; number < 5; number++) await isOpen(split, reports);
  const [reportsOpen, usersOpen] = [await isOpen(split, reports), await isOpen(split, users)];
  console.log(`circuit of /reports open: ${reportsOpen}; circuit of /users open: ${usersOpen}`);
  assert.deepEqual([reportsOpen, usersOpen], [true, false]);

  // What one client has learned, the other one knows.
  const origins = new OriginStates();
  const first = new HTTPClient({ retryAttempts: 0, circuitBreaker: CIRCUIT, origins });
  const second = new HTTPClient({ retryAttempts: 0, circuitBreaker: CIRCUIT, origins });
  for (let number = 0; number < 5; number++) await isOpen(first, reports);
  const known = await isOpen(second, reports);
  console.log(`the second client knows that the circuit is open: ${known}`);
  assert.equal(known, true);

  for (const client of [split, first, second]) client.close();
});
