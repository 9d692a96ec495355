/** The first call: a client, a GET, a response. */
import assert from 'node:assert/strict';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

interface User {
  readonly id: string;
  readonly name: string;
}

example(async () => {
  const users = await startService([{ json: { id: '123', name: 'Ada Lovelace' } }]);
  const client = new HTTPClient();

  const response = await client.get<User>(`${users.url}/api/v1/users/123`);
  console.log(
    `${response.status} ${response.statusText} in ${response.elapsed.toFixed(3)} s, retries: ${response.retries}`,
  );
  if (response.ok) console.log(response.data.name);

  // The same in one step, if you only need the body.
  const user = await client.getJson<User>(`${users.url}/api/v1/users/123`, { timeout: 10 });
  assert.deepEqual(user, response.data);

  // With a `baseURL` and headers for every call.
  const service = new HTTPClient({ baseURL: `${users.url}/api/v1`, headers: { 'X-Tenant': 'north' } });
  await service.get('/users', { params: { role: ['admin', 'owner'], page: 2 } });
  console.log(users.requests.at(-1)?.url);
  assert.equal(users.requests.at(-1)?.url, '/api/v1/users?role=admin&role=owner&page=2');
  assert.equal(users.requests.at(-1)?.headers['x-tenant'], 'north');

  client.close();
  service.close();
});
