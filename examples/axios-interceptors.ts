/** `client.axios` is an ordinary axios instance. Its interceptors run once per call, even if the call is retried. */
import assert from 'node:assert/strict';
import type { AxiosResponse } from 'axios';
import { HTTPClient } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

interface Envelope {
  readonly result: unknown;
}

example(async () => {
  const api = await startService([{ status: 503 }, { status: 503 }, { json: { result: { id: '123' } } }]);
  const client = new HTTPClient({ retry: { base: 0.02 } });

  let runs = 0;
  client.axios.interceptors.request.use((config) => {
    runs++;
    config.params = { ...(config.params as object), trace: 'on' };
    return config;
  });
  // Unwraps an envelope. Run a second time, on its own result, it would return `undefined`.
  client.axios.interceptors.response.use((response: AxiosResponse<Envelope>) => ({
    ...response,
    data: response.data.result,
  }));

  const user = await client.getJson(`${api.url}/users/123`);
  console.log(`${api.requests.length} attempts, ${runs} run of the interceptor:`, user);
  assert.deepEqual(user, { id: '123' });
  assert.equal(runs, 1);
  assert.deepEqual(
    api.requests.map(({ url }) => url),
    Array.from({ length: 3 }, () => '/users/123?trace=on'),
  );

  // Direct calls have the same tokens, retries and exceptions.
  const response = await client.axios.get(`${api.url}/users/123`);
  assert.equal(response.status, 200);
  client.close();
});
