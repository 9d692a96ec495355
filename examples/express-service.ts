/** An Express service that calls another one, and tells its own callers what went wrong there: 502 or 504. */
import assert from 'node:assert/strict';
import express, { type ErrorRequestHandler } from 'express';
import { HTTPClient, isHTTPError, isRequestException, isTimeout } from '@hdms/http-client';
import { example } from './support/example';
import { listen } from './support/listen';
import { startService } from './support/service';

/** A 404 of the other service is ours too; all else that it does wrong is a bad gateway. */
const mapErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!isRequestException(error)) {
    next(error);
    return;
  }
  const status = isTimeout(error) ? 504 : isHTTPError(error) && error.status === 404 ? 404 : 502;
  console.log(`${status} because of ${error.name} [${error.code}]`);
  response.status(status).json({ code: error.code, retries: error.retries });
};

example(async () => {
  const users = await startService(({ url }) => {
    if (url === '/users/slow') return { delay: 5 };
    if (url === '/users/broken') return { status: 500 };
    return url === '/users/123' ? { json: { id: '123', name: 'Ada Lovelace' } } : { status: 404 };
  });
  const client = new HTTPClient({ baseURL: users.url, timeout: 0.2, retryAttempts: 1, retry: { base: 0.02 } });

  const app = express();
  app.get('/greetings/:id', async ({ params }, response) => {
    const user = await client.getJson<{ name: string }>(`/users/${encodeURIComponent(params.id)}`);
    response.json({ greeting: `Hello ${user.name}` });
  });
  app.use(mapErrors);
  const greetings = await listen(app);

  const ask = async (id: string): Promise<number> => (await fetch(`${greetings.url}/greetings/${id}`)).status;
  assert.equal(await ask('123'), 200);
  assert.equal(await ask('999'), 404);
  assert.equal(await ask('broken'), 502);
  assert.equal(await ask('slow'), 504);

  await greetings.close();
  client.close();
});
