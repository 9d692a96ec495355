/** The third hop: Express 4. */
import express from 'express4';
import { HTTPClient } from '@hdms/http-client';
import { requestContext, upstreamErrors } from '@hdms/http-client/express';
import { ownErrors } from './own-errors';
import { serve } from './serve';
import { clientOptions, isGuarded } from './settings';
import { watch, watched } from './watch';

const client = new HTTPClient(clientOptions);
const app = express();
app.use(requestContext());
app.use(watch);
app.get('/orders/:id', ({ params }, response, next) => {
  // Express 4 ignores promises.
  watched(client.getJson('/orders/{id}', { pathParams: { id: params.id } })).then(
    (order) => response.json(order),
    next,
  );
});
app.use(isGuarded ? upstreamErrors() : ownErrors);

void serve(app, client);
