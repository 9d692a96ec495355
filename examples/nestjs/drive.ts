/** Starts the orders service as a separate process, with the services that it needs, sends it requests, and stops it. */
import assert from 'node:assert/strict';
import { example } from '../support/example';
import {
  askForBadAnswers,
  askForOrders,
  askWhileUsersFail,
  endOrders,
  startOrders,
  type Orders,
} from '../support/orders';

/** What the service reports about its client of the users service. */
async function ready({ gateway }: Orders): Promise<{ readonly status: string }> {
  const { data } = await gateway.get<{ details: { users: { status: string } } }>('/health/ready', { token: null });
  console.log('ready?', data.details.users);
  return data.details.users;
}

/** The URLs of the requests that its inspector shows. */
async function seenByInspector({ gateway, lines }: Orders): Promise<string[]> {
  const [address = ''] = /http:\S+key=[\w-]+/.exec(lines.join('\n')) ?? [];
  const { origin, searchParams } = new URL(address);
  const headers = { Cookie: `hdms_inspector=${searchParams.get('key') ?? ''}` };
  const { data } = await gateway.get<{ log: { entries: { request: { url: string } }[] } }>(`${origin}/har`, {
    token: null,
    headers,
  });
  return data.log.entries.map(({ request }) => request.url);
}

example(async () => {
  const orders = await startOrders(__dirname, { status: 404 });
  assert.deepEqual(await ready(orders), { status: 'up' });
  await askForOrders(orders);
  assert.equal((await orders.ask('999')).status, 404);

  const seen = await seenByInspector(orders);
  assert.ok(seen.some((url) => url.endsWith('/users/999')));

  await askWhileUsersFail(orders);
  assert.equal((await ready(orders)).status, 'down');
  await askForBadAnswers(orders);

  await endOrders(orders);
  assert.equal(orders.child.signalCode, 'SIGTERM');
});
