/** Typed answers: a schema checks what another service sent, and gives the call its type. */
import assert from 'node:assert/strict';
import { HTTPClient, isResponseValidationError, type StandardIssue, type StandardSchema } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

interface Ticket {
  readonly id: number;
  readonly opened: Date;
}

/** By hand, so that the example needs no library: `z.object({ … })` of zod and the like go in the same place. */
const ticketSchema: StandardSchema<unknown, Ticket> = {
  '~standard': {
    version: 1,
    vendor: 'example',
    validate(value) {
      const { id, opened } = (value ?? {}) as { id?: unknown; opened?: unknown };
      const issues: StandardIssue[] = [];
      if (typeof id !== 'number') issues.push({ path: ['id'], message: `Expected number, received ${String(id)}` });
      if (typeof opened !== 'string') issues.push({ path: ['opened'], message: 'Expected a date' });
      return issues.length > 0 ? { issues } : { value: { id: Number(id), opened: new Date(String(opened)) } };
    },
  },
};

example(async () => {
  const tickets = await startService(({ url }) => ({
    json: url === '/7' ? { id: 7, opened: '2026-11-22T13:07:36Z' } : { id: 'a-secret' },
  }));
  const client = new HTTPClient({ baseURL: tickets.url });

  const ticket = await client.getJson('/7', { schema: ticketSchema });
  console.log(`ticket ${ticket.id} of ${ticket.opened.getUTCFullYear()}`);
  assert.equal(ticket.opened.getUTCFullYear(), 2026);

  const error: unknown = await client.getJson('/8', { schema: ticketSchema }).catch((reason: unknown) => reason);
  assert.ok(isResponseValidationError(error));
  console.log(error.message);
  assert.match(error.message, /id: Expected number \(a string\); opened: Expected a date \(missing\)$/);
  // The message is fit for logs; the schema's own words may quote the answer.
  assert.equal(error.issues[0]?.message, 'Expected number, received a-secret');

  client.close();
});
