/** How a service tests its own code: a mock client, a scripted service, assertions on calls, and no waits. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { HTTPClient, isHTTPError } from '@hdms/http-client';
import {
  assertCalled,
  assertCalls,
  assertRequests,
  mockClient,
  skipWaits,
  startService,
} from '@hdms/http-client/testing';
import { example } from './support/example';

const USERS = 'http://user-service:8000/api/v1/users';

/** The code under test. */
async function nameOf(client: HTTPClient, id: string, base = USERS): Promise<string> {
  try {
    return (await client.getJson<{ name: string }>(`${base}/{id}`, { pathParams: { id } })).name;
  } catch (error) {
    if (isHTTPError(error) && error.status === 404) return 'nobody';
    throw error;
  }
}

async function withAMockClient(): Promise<void> {
  const client = mockClient([{ status: 503 }, { json: { name: 'Ada' } }, { status: 404 }], { token: 'a-token' });

  assert.equal(await nameOf(client, '7'), 'Ada');
  assert.equal(await nameOf(client, '8'), 'nobody');

  assertCalled(client, { method: 'GET', url: '/api/v1/users/7', token: 'a-token', attempts: [503, 200] });
  assertCalls(client, [{ attempts: 2 }, { attempts: 1 }]);
  assert.throws(
    () => {
      assertCalled(client, { url: '/api/v1/users/7', attempts: 1 });
    },
    (error: Error) => {
      console.log(error.message);
      return true;
    },
  );
}

async function withAScriptedService(): Promise<void> {
  const users = await startService([{ hangUp: true }, { delay: Infinity }, { json: { name: 'Ada' } }]);
  const client = new HTTPClient({ timeout: 0.05, retry: { base: 0 } });

  assert.equal(await nameOf(client, '7', users.url), 'Ada');

  assertRequests(users, [{ url: '/7' }, { url: '/7' }, { url: '/7' }]);
  client.close();
  await users.close();
}

async function withAFakeClock(): Promise<void> {
  const client = mockClient([{ status: 503 }, { status: 503 }, { json: { name: 'Ada' } }], { retry: { base: 30 } });
  const start = performance.now();

  mock.timers.enable({ apis: ['setTimeout'] });
  const name = await skipWaits(nameOf(client, '7'), (milliseconds) => {
    mock.timers.tick(milliseconds);
  });
  mock.timers.reset();

  assert.equal(name, 'Ada');
  const waits = client.calls[0]?.attempts.map(({ wait = 0 }) => wait);
  console.log(`waits of ${waits?.join(', ') ?? ''} s took ${Math.round(performance.now() - start)} ms`);
  assert.deepEqual(waits, [30, 30, 0]);
}

example(async () => {
  await withAMockClient();
  await withAScriptedService();
  await withAFakeClock();
});
