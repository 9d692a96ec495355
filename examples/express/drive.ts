/** Starts the orders service as a separate process, with the services that it needs, sends it requests, and stops it. */
import assert from 'node:assert/strict';
import { example } from '../support/example';
import { askForBadAnswers, askForOrders, askWhileUsersFail, endOrders, startOrders } from '../support/orders';

example(async () => {
  const orders = await startOrders(__dirname, {
    status: 404,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ type: '/problems/no-user', title: 'There is no such user' }),
  });
  await askForOrders(orders);
  assert.equal((await orders.gateway.get('/health', { token: null })).status, 200);

  const nobody = await orders.ask('999');
  assert.deepEqual(nobody.data, {
    type: '/problems/no-user',
    title: 'There is no such user',
    status: 404,
    requestId: '999',
  });

  const { data: seen } = await orders.gateway.get<{ log: { entries: { request: { url: string } }[] } }>('/calls/har');
  assert.ok(seen.log.entries.some(({ request }) => request.url.endsWith('/users/999')));
  assert.equal((await orders.gateway.get('/calls/', { token: null })).status, 401);

  await askWhileUsersFail(orders);
  await askForBadAnswers(orders);

  await endOrders(orders);
  assert.equal(orders.child.exitCode, 0);
});
