/** Two services in a row: the request keeps its id, trace and deadline, and is cancelled when the caller disconnects. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { contextFrom, currentContext, HTTPClient, isRequestException, runInContext } from '@hdms/http-client';
import { example } from './support/example';
import { listen } from './support/listen';
import { startService } from './support/service';

example(async () => {
  const users = await startService(({ url }) => (url === '/slow' ? { delay: 10 } : { json: { name: 'Ada' } }));
  // A request line may hold an absolute URL: `GET http://other-host/ HTTP/1.1`.
  const client = new HTTPClient({ baseURL: users.url, allowAbsoluteUrls: false });
  const outcomes: string[] = [];

  const tickets = await listen((request, response) => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the caller hung up'));
    });
    const context = contextFrom(request.headers, { forward: ['X-Tenant'], signal: gone.signal });
    const serve = async (): Promise<void> => {
      console.log(`serving ${currentContext()?.requestId ?? 'nobody'}`);
      try {
        const user = await client.getJson(request.url ?? '/');
        response.end(JSON.stringify(user));
      } catch (error) {
        if (!isRequestException(error)) throw error;
        outcomes.push(error.code);
        response.writeHead(504).end();
      }
    };
    void runInContext(context, serve);
  });

  // The id, the trace and the chosen header are forwarded. No service here records spans, so the parent id stays the same.
  const edge = new HTTPClient({ retryAttempts: 0 });
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  await edge.get(tickets.url, { headers: { 'X-Request-Id': 'edge-1', traceparent, 'X-Tenant': 'north' } });
  const seen = users.requests[0]?.headers ?? {};
  console.log(seen['x-request-id'], seen['x-tenant'], seen['traceparent']);
  assert.equal(seen['x-request-id'], 'edge-1');
  assert.equal(seen['x-tenant'], 'north');
  assert.equal(seen['traceparent'], traceparent);

  // The edge waits 200 ms. The call gives up in time, and has told the next service how long it waits.
  const late = await edge.get(`${tickets.url}/slow`, {
    headers: { 'X-Request-Timeout-Ms': '200' },
    validateStatus: null,
  });
  const told = Number(users.requests[1]?.headers['x-request-timeout-ms']);
  console.log(`${late.status} after ${late.elapsed.toFixed(2)} s; the next service was given ${told} ms`);
  assert.equal(late.status, 504);
  assert.ok(told > 0 && told <= 180);

  // The edge disconnects: the call that was made for it is cancelled too.
  const page = new AbortController();
  const call = edge.get(`${tickets.url}/slow`, { signal: page.signal });
  setTimeout(() => {
    page.abort();
  }, 100);
  await assert.rejects(call);
  while (outcomes.length < 2) await sleep(5);
  console.log(outcomes.join(', '));
  assert.deepEqual(outcomes, ['DEADLINE_EXCEEDED', 'CANCELLED']);

  client.close();
  edge.close();
  await tickets.close();
});
