/** A different token for each service, in one client. */
import assert from 'node:assert/strict';
import { HTTPClient, perHost } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const [users, tickets, strangers] = [await startService(), await startService(), await startService()];

  const client = new HTTPClient({
    token: perHost({
      // A host with or without a port. The most specific pattern counts, whatever the order.
      [new URL(users.url).host]: 'token-for-users',
      [new URL(tickets.url).host]: () => 'token-for-tickets',
      '*.internal': 'token-for-all-others-in-the-house',
      // Without `default`, all other hosts get no token.
    }),
  });
  for (const { url } of [users, tickets, strangers]) await client.get(url);

  const sent = [users, tickets, strangers].map(({ requests }) => requests[0]?.token ?? 'no token');
  console.log(sent.join(', '));
  assert.deepEqual(sent, ['token-for-users', 'token-for-tickets', 'no token']);

  client.close();
});
