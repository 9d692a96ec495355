/** JSON in both directions: `json` is serialised, and `postJson` parses the response strictly. */
import assert from 'node:assert/strict';
import { HTTPClient, isJSONDecodeError } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

interface Ticket {
  readonly id: string;
  readonly title: string;
  readonly priority: 'low' | 'high';
}

example(async () => {
  const tickets = await startService(({ method, body }) =>
    method === 'DELETE'
      ? { body: 'deleted' }
      : { status: 201, json: { id: '789', ...(JSON.parse(body.toString()) as object) } },
  );
  const client = new HTTPClient();
  const url = `${tickets.url}/api/v1/tickets/`;

  const ticket = await client.postJson<Ticket>(url, { json: { title: 'New Issue', priority: 'high' } });
  console.log('created', ticket);
  assert.equal(ticket.id, '789');
  assert.equal(tickets.requests[0]?.headers['content-type'], 'application/json');

  // `post` returns the whole response; `json()` parses its body.
  const response = await client.post<Ticket>(url, { json: { title: 'Another', priority: 'low' } });
  console.log(response.status, response.json().title);
  assert.equal(response.status, 201);

  // A body that is not valid JSON is a string, and an error only if JSON is asked for.
  const deleted = await client.delete(`${url}789`);
  assert.equal(deleted.data, 'deleted');
  assert.throws(() => deleted.json(), isJSONDecodeError);

  client.close();
});
