// A service that calls the next one, with one of the clients.
import express from 'express';
import { requestContext, upstreamErrors } from '@hdms/http-client/express';
import { obey } from '../../../bench/worker/commands.mjs';

const [client, nextURL, options] = process.argv.slice(2);
const { create } = await import(`../contestants/${client}.mjs`);
const get = await create(nextURL, JSON.parse(options));

const app = express();
if (client === 'hdms' || client === 'off') app.use(requestContext());
app.get('/work', async ({ url }, response) => {
  await get(url);
  response.json({});
});
app.use(upstreamErrors({ log() {} }));
// Express recognises an error handler by its four parameters.
app.use((_error, _request, response, _next) => response.status(502).json({}));

obey({
  listen: () =>
    new Promise((resolve) => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server.address().port));
    }),
});
