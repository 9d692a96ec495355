// An Express service that logs with pino-http, and calls another service for each request.
const { once } = require('node:events');
const { Writable } = require('node:stream');
const express = require('express');
const pino = require('pino');
const { pinoHttp } = require('pino-http');
const { print } = require('./beside-calls.cjs');
const { API, COOKIE, INBOUND, PACKAGE, QUERY, TOKEN } = process.env;
const { HTTPClient, currentContext } = require(PACKAGE);
const { requestContext, upstreamErrors } = require(`${PACKAGE}/express/index.js`);

const lines = [];
const stream = new Writable({
  write(line, _, done) {
    lines.push(JSON.parse(String(line)));
    done();
  },
});
const client = new HTTPClient({ baseURL: API, token: TOKEN, headers: { Cookie: `sid=${COOKIE}` }, retryAttempts: 0 });
const app = express();
app.use(requestContext());
app.use(
  pinoHttp({
    genReqId: () => currentContext().requestId,
    logger: pino({ redact: ['req.headers.authorization', 'req.headers.cookie'] }, stream),
  }),
);
app.get('/orders', async (request, response, next) => {
  await client.get('/bad', { params: { api_key: QUERY } }).catch((error) => {
    request.log.error({ err: error, context: currentContext(), client }, 'upstream');
    request.log.error(error);
    response.err = error;
    next(error);
  });
});
app.use(upstreamErrors());

const server = app.listen(0, '127.0.0.1', async () => {
  const headers = { authorization: `Bearer ${INBOUND}`, cookie: `sid=${COOKIE}`, 'x-request-id': 'edge-1' };
  const response = await fetch(`http://127.0.0.1:${server.address().port}/orders`, { headers });
  await response.text();
  const end = { status: response.status, requestId: response.headers.get('x-request-id') };
  client.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  print([{ end }, ...lines]);
});
