/** Typed responses: a schema validates what another service sent, and gives the call its type. */
import assert from 'node:assert/strict';
import { HTTPClient, isResponseValidationError } from '@hdms/http-client';
import { z } from 'zod';
import { example } from './support/example';
import { startService } from './support/service';

/** What the other service sends, and what it is converted to. Schemas of valibot and arktype work too. */
const Ticket = z.object({
  id: z.number(),
  opened: z.coerce.date(),
  state: z.enum(['open', 'closed']).default('open'),
});

example(async () => {
  const tickets = await startService(({ url }) => ({
    json: url === '/7' ? { id: 7, opened: '2026-11-22T13:07:36Z' } : { id: 'a-secret', opened: 'yesterday' },
  }));
  const client = new HTTPClient({ baseURL: tickets.url });

  const ticket = await client.getJson('/7', { schema: Ticket });
  console.log(`ticket ${ticket.id} of ${ticket.opened.getUTCFullYear()} is ${ticket.state}`);
  assert.equal(ticket.opened.getUTCFullYear(), 2026);

  const error: unknown = await client.getJson('/8', { schema: Ticket }).catch((reason: unknown) => reason);
  assert.ok(isResponseValidationError(error));
  console.log(error.message);
  // The message is safe to log: it has paths and kinds, but no values of the response.
  assert.match(error.message, /id: Invalid input: expected number \(a string\); opened: Invalid input: expected date/);
  assert.deepEqual(
    error.issues.map(({ path }) => path),
    [['id'], ['opened']],
  );

  client.close();
});
