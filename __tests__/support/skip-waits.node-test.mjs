// Run by node:test, with the package as it is built: skip-waits.test.ts starts it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, mock, test } from 'node:test';

const { assertCalled, mockClient, skipWaits, startService } = createRequire(import.meta.url)(
  join(process.env.PACKAGE, 'dist/testing/index.js'),
);

const URL = 'http://user-service:8000/users';

afterEach(() => mock.timers.reset());

test('the waits of the contract pass at once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const client = mockClient([{ status: 503 }, { status: 503 }, { status: 503 }, { json: [] }], {
    retry: { base: 0.5 },
  });
  const start = performance.now();

  assert.deepEqual(await skipWaits(client.getJson(URL), (milliseconds) => mock.timers.tick(milliseconds)), []);

  assert.deepEqual(
    client.calls[0].attempts.map(({ wait }) => wait),
    [0.5, 1, 2, undefined],
  );
  assert.ok(performance.now() - start < 3000);
});

test('every timer may be faked', async () => {
  mock.timers.enable();
  const client = mockClient([{ delay: 60 }], { timeout: 5, retryAttempts: 0 });

  await assert.rejects(
    skipWaits(client.get(URL), (milliseconds) => mock.timers.tick(milliseconds)),
    { code: 'TIMEOUT' },
  );
});

test('an assertion that fails tells the difference, once', async () => {
  const client = mockClient([{ status: 503 }, {}], { token: 'a-token' });
  await client.get(URL);

  assertCalled(client, { method: 'GET', token: 'a-token', attempts: [503, 200] });
  assert.throws(
    () => assertCalled(client, { token: 'another' }),
    ({ name, message }) => {
      assert.equal(name, 'AssertionError');
      assert.equal(message.match(/'another'/g).length, 1);
      return true;
    },
  );
});

test('a service can be disposed of', async () => {
  const service = await startService();
  await service[Symbol.asyncDispose]();

  await assert.rejects(fetch(service.url));
});
