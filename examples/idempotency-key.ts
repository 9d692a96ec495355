/** All attempts of a POST carry the same Idempotency-Key, so that the server does the work once. */
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
    // The money has been sent, but the response is lost.
    return bank.requests.length === 1 ? { status: 502 } : { status: 201, json: payments.get(key) };
  });
  const client = new HTTPClient({ retry: { base: 0.02 } });

  const payment = await client.postJson(`${bank.url}/payments`, { json: { amount: 100 } });
  const keys = bank.requests.map(({ headers }) => headers['idempotency-key']);
  console.log(`${bank.requests.length} requests, ${payments.size} payment:`, payment, keys[0]);
  assert.deepEqual(payment, { payment: 1 });
  assert.equal(new Set(keys).size, 1);

  // The next call gets a new key. For a key that outlives the process, pass your own, such as the number of the order.
  await client.post(`${bank.url}/payments`, { json: { amount: 100 } });
  await client.post(`${bank.url}/payments`, { json: { amount: 7 }, headers: { 'Idempotency-Key': 'order-4711' } });
  assert.equal(payments.size, 3);
  assert.ok(payments.has('order-4711'));

  client.close();
});
