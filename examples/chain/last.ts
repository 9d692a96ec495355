/** The last hop: Express 5. It calls no other service, and does what the request says. */
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { currentContext } from '@hdms/http-client';
import { requestContext } from '@hdms/http-client/express';
import { serve } from './serve';
import { watch, watched } from './watch';

const app = express();
app.use(requestContext());
app.use(watch);
app.get('/orders/unavailable', (_, response) => {
  response.status(503).end();
});
app.get('/orders/refused', (_, response) => {
  response.status(400).end();
});
app.get('/orders/slow', async (_, response) => {
  const signal = currentContext()?.signal;
  try {
    // Stands for a database query that can be cancelled.
    await watched(sleep(5000, undefined, { signal }));
  } catch (error) {
    if (signal?.aborted) return;
    throw error;
  }
  response.json({ id: 'slow' });
});
app.get('/orders/:id', ({ params }, response) => {
  response.json({ id: params.id });
});

void serve(app);
