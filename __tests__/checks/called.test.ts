import { once } from 'node:events';
import { createServer, connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { ErrorRequestHandler } from 'express';
import { HTTPClient } from '../../src/index';
import { authenticate, requestContext, upstreamErrors } from '../../src/express';
import { inspectorHandler } from '../../src/inspector';
import { app, EXPRESSES } from '../express/expresses';

const FACTORIES = [
  ['app.use(requestContext())', requestContext],
  ['app.use(upstreamErrors())', upstreamErrors],
  ['app.use(authenticate({ … }))', authenticate],
  ["app.use('/calls', inspectorHandler())", inspectorHandler],
] as const;

const tell: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof TypeError) response.status(500).send(error.message);
  else next(error);
};

describe.each(EXPRESSES)('in %s', (_, express) => {
  test.each(FACTORIES)('the error of what is mounted without a call says: write %s', async (write, factory) => {
    const url = await app(express, factory, tell);
    const client = new HTTPClient({ retryAttempts: 0, validateStatus: null });

    const { status, data } = await client.get(url);
    client.close();

    expect([status, data]).toEqual([500, `Options must be an object, got a request: write ${write}`]);
  });
});

test('so does that of a request over HTTP/2', async () => {
  const server = createServer((request, response) => {
    try {
      requestContext(request as object);
    } catch (error) {
      response.end(String(error));
    }
  }).listen(0);
  await once(server, 'listening');
  const session = connect(`http://localhost:${(server.address() as AddressInfo).port}`);
  const stream = session.request().setEncoding('utf8');

  const [text] = (await once(stream, 'data')) as [string];
  session.close();
  server.close();

  expect(text).toBe('TypeError: Options must be an object, got a request: write app.use(requestContext())');
});

test('options are no request', () => {
  expect(requestContext({ forward: ['X-Tenant'] })).toBeInstanceOf(Function);
  expect(() => requestContext({ headers: {} } as object)).toThrow('Unknown option of the request context `headers`');
});
