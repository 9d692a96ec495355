import type { ServerResponse } from 'node:http';
import { HTTPClient, runInContext, type HTTPClientOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const FAST: HTTPClientOptions = { retry: { base: 0.001 } };

test.each([503, 502, 429])('a %i that says X-Should-Retry: false is not retried', async (status) => {
  const api = await service([{ status, headers: { 'X-Should-Retry': 'false', 'Retry-After': '1' } }]);

  const error = await failure(new HTTPClient(FAST).get(api.url));

  expect(error).toMatchObject({ name: 'HTTPError', status, retries: 0, retryable: true, retryAfter: 1 });
  expect(error.attempts).toMatchObject([{ outcome: status, decision: 'fail', reason: 'should-retry-false' }]);
  expect(api.requests).toHaveLength(1);
});

test('a retry ends with the first answer that says so', async () => {
  const api = await service([{ status: 503 }, { status: 503, headers: { 'x-should-retry': 'False' } }, {}]);

  const error = await failure(new HTTPClient(FAST).get(api.url));

  expect(error.attempts).toMatchObject([{ reason: 'SERVER_ERROR' }, { reason: 'should-retry-false' }]);
  expect(api.requests).toHaveLength(2);
});

test('X-Should-Retry: true changes nothing', async () => {
  const api = await service([{ status: 404, headers: { 'X-Should-Retry': 'true' } }]);
  const flaky = await service([{ status: 503, headers: { 'X-Should-Retry': 'true' } }, {}]);
  const client = new HTTPClient(FAST);

  expect(await failure(client.get(api.url))).toMatchObject({ status: 404, retries: 0 });
  expect(await client.get(flaky.url)).toMatchObject({ status: 200, retries: 1 });
});

test('while a retry is being served, a call is not retried', async () => {
  const api = await service([{ status: 503 }]);

  const error = await failure(runInContext({ attempt: 2 }, async () => new HTTPClient(FAST).get(api.url)));

  expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'fail', reason: 'serving-a-retry' }]);
  expect(api.requests).toHaveLength(1);
});

test('neither is a connection that is refused, nor an attempt that takes too long', async () => {
  const api = await service([{ handle: () => undefined }]);
  const gone = await service();
  await gone.close();
  const client = new HTTPClient(FAST);

  const [refused, late] = await runInContext({ attempt: 2 }, async () =>
    Promise.all([failure(client.get(gone.url)), failure(client.get(api.url, { timeout: 0.03 }))]),
  );

  expect(refused).toMatchObject({ code: 'CONNECTION_REFUSED', attempts: [{ reason: 'serving-a-retry' }] });
  expect(late).toMatchObject({ code: 'TIMEOUT', attempts: [{ reason: 'serving-a-retry' }] });
});

test('while a first attempt is being served, a call is retried', async () => {
  const api = await service([{ status: 503 }, {}]);

  const response = await runInContext({ attempt: 1 }, async () => new HTTPClient(FAST).get(api.url));

  expect(response.retries).toBe(1);
});

test('with `whileServingRetry` a call is retried all the same, and its attempts count on', async () => {
  const api = await service([{ status: 503 }, {}]);
  const client = new HTTPClient({ retry: { base: 0.001, whileServingRetry: true } });

  const response = await runInContext({ attempt: 2 }, async () => client.get(api.url));

  expect(response.retries).toBe(1);
  expect(api.requests.map(({ headers }) => headers['x-request-attempt'])).toEqual(['2', '3']);
});

test('what is called for a retry is told that it is one', async () => {
  const api = await service();

  await runInContext({ attempt: 3 }, async () => new HTTPClient().get(api.url));

  expect(api.requests[0]?.headers['x-request-attempt']).toBe('3');
});

test('a token that was refused is renewed while a retry is being served', async () => {
  const api = await service(({ headers }) => ({ status: headers.authorization === 'Bearer new' ? 200 : 401 }));
  let token = 'old';
  const source = { getToken: () => token, invalidate: () => (token = 'new') };

  const response = await runInContext({ attempt: 2 }, async () => new HTTPClient({ token: source }).get(api.url));

  expect(response.status).toBe(200);
});

test('what says so twice, is not retried either', async () => {
  const handle = (_: unknown, response: ServerResponse): unknown =>
    response.writeHead(503, { 'X-Should-Retry': ['false', 'false'] }).end();
  const api = await service([{ handle }]);

  expect(await failure(new HTTPClient(FAST).get(api.url))).toMatchObject({ status: 503, retries: 0 });
});

test.each<[string, string, Partial<HTTPClientOptions>]>([
  ['breaks off', 'BODY_TRUNCATED', {}],
  ['does not come', 'TIMEOUT', { timeout: 0.1 }],
])('nor is an answer that says so and whose body %s', async (_, code, options) => {
  const api = await service([
    {
      handle(request, response) {
        response.writeHead(503, { 'X-Should-Retry': 'false', 'Content-Length': 100 }).write('half');
        if (code === 'BODY_TRUNCATED') setTimeout(() => request.socket.destroy(), 20);
      },
    },
  ]);

  const error = await failure(new HTTPClient({ ...FAST, ...options }).get(api.url));

  expect(error).toMatchObject({ status: 503, cause: { code }, attempts: [{ reason: 'should-retry-false' }] });
  expect(api.requests).toHaveLength(1);
});
