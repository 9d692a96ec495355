/** A POST that is retried carries the same Idempotency-Key each time, so that the other service does the work once. */
import assert from 'node:assert/strict';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const payments = new Map<string, object>();
  const bank = await startService(({ headers }) => {
    const key = String(headers['idempotency-key']);
    const known = payments.get(key);
    if (known) return { json: known };
    payments.set(key, { payment: payments.size + 1 });
    // The money is on its way, and then the answer gets lost.
    return bank.requests.length === 1 ? { status: 502 } : { status: 201, json: payments.get(key) };
  });
  const client = new HTTPClient({ retry: { base: 0.02 } });

  const payment = await client.postJson(`${bank.url}/payments`, { json: { amount: 100 } });
  const keys = bank.requests.map(({ headers }) => headers['idempotency-key']);
  console.log(`${bank.requests.length} requests, ${payments.size} payment:`, payment, keys[0]);
  assert.deepEqual(payment, { payment: 1 });
  assert.equal(new Set(keys).size, 1);

  // The next call gets a key of its own. A key of yours outlives the process: take the order's number.
  await client.post(`${bank.url}/payments`, { json: { amount: 100 } });
  await client.post(`${bank.url}/payments`, { json: { amount: 7 }, headers: { 'Idempotency-Key': 'order-4711' } });
  assert.equal(payments.size, 3);
  assert.ok(payments.has('order-4711'));

  client.close();
});
