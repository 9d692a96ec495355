/** The edge: Express 5. */
import express from 'express';
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
app.get('/orders/:id', async ({ params }, response) => {
  response.json(await watched(client.getJson('/orders/{id}', { pathParams: { id: params.id } })));
});
app.use(isGuarded ? upstreamErrors() : ownErrors);

void serve(app, client);
