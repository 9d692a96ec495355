import { contextFrom, HTTPClient, runInContext, type ContextFacts, type RequestOptions } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

test.each([
  ...['X-Request-Id', 'traceparent', 'Tracestate', 'baggage', 'x-request-attempt'],
  ...['X-Request-Timeout-Ms', 'grpc-timeout', 'X-Envoy-Expected-Rq-Timeout-Ms'],
])('%s is not forwarded as it came in: it would pass for the own of the caller', (name) => {
  const message = `must not contain '${name}', which the context handles itself`;

  expect(() => contextFrom({}, { forward: ['X-Tenant', name] })).toThrow(
    new TypeError(`Option \`forward\` ${message}`),
  );
  expect(() => runInContext({ headers: { [name]: '1' } }, () => 0)).toThrow(
    new TypeError(`Option \`headers\` ${message}`),
  );
});

test('nor is the header in which the caller tells its time, whatever its name', () => {
  const options = { timeoutHeader: ['X-Budget-Ms', 'X-Other-Ms'], forward: ['x-other-ms'] };

  expect(() => contextFrom({}, options)).toThrow("Option `forward` must not contain 'x-other-ms'");
});

test.each(['Accept-Encoding', 'If-None-Match', 'Range', 'Idempotency-Key', 'Content-Type', 'TE'])(
  '%s says something of one message, and is not forwarded',
  (name) => {
    expect(() => contextFrom({}, { forward: [name] })).toThrow(`must not contain '${name}', which is never forwarded`);
  },
);

test.each(['Authorization', 'Content-Length'])('%s tells no time', (timeoutHeader) => {
  expect(() => contextFrom({}, { timeoutHeader })).toThrow(
    `Option \`timeoutHeader\` must not contain '${timeoutHeader}'`,
  );
});

test('what may do harm in a header is not sent on, whoever put it there', async () => {
  const api = await service();
  const long = 'x'.repeat(9000);
  const headers = {
    'x-request-id': 'a\r\nX-Admin: yes',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nX-Admin: yes',
    baggage: `a=1,b=${long},c=\u00fc`,
    'x-tenant': 'n\u0000rth',
    'x-region': 'gro\u00dfbritannien \u2014',
  };

  await runInContext(contextFrom(headers, { forward: ['X-Tenant', 'X-Region'] }), async () =>
    new HTTPClient().get(api.url),
  );

  const sent = api.requests[0]?.headers ?? {};
  expect(sent['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  for (const name of ['traceparent', 'baggage', 'x-tenant', 'x-region', 'x-admin'])
    expect(sent).not.toHaveProperty(name);
});

test('a baggage that is too long is sent as far as it may be', async () => {
  const api = await service();
  const members = Array.from({ length: 100 }, (_, index) => `key-${index}=${'v'.repeat(100)}`);

  await runInContext({ baggage: members.join(', ') }, async () => new HTTPClient().get(api.url));

  const sent = String(api.requests[0]?.headers['baggage']).split(',');
  expect(sent).toEqual(members.slice(0, 64));
});

test('two clients with other headers for the time serve one context, each in its own way', async () => {
  const api = await service([{ status: 503 }, {}, { status: 503 }, {}]);
  const options = { retry: { base: 0 }, deadline: 5 };
  const one = new HTTPClient(options);
  const other = new HTTPClient({ ...options, requestContext: { timeoutHeader: 'grpc-timeout' } });

  await runInContext({ attempt: 2 }, async () => {
    await failure(one.get(api.url));
    await one.get(api.url);
    await failure(other.get(api.url));
    await other.get(api.url);
  });

  expect(api.requests.map(({ headers }) => [headers['x-request-timeout-ms'], headers['grpc-timeout']])).toEqual([
    [expect.stringMatching(/^49\d\d$/), undefined],
    [expect.stringMatching(/^49\d\d$/), undefined],
    [undefined, expect.stringMatching(/^49\d\dm$/)],
    [undefined, expect.stringMatching(/^49\d\dm$/)],
  ]);
  // What is done for a retry is part of it, call by call.
  expect(api.requests.map(({ headers }) => headers['x-request-attempt'])).toEqual(['2', '2', '2', '2']);
});

test('a call may leave out what the context would send', async () => {
  const api = await service();
  const headers = { 'X-Tenant': null, baggage: null } as unknown as Record<string, string>;

  await runInContext({ headers: { 'X-Tenant': 'north' }, baggage: 'a=1' }, async () =>
    new HTTPClient().get(api.url, { headers }),
  );

  expect(api.requests[0]?.headers).not.toHaveProperty('x-tenant');
  expect(api.requests[0]?.headers).not.toHaveProperty('baggage');
});

test.each<[string, RequestOptions]>([
  ['our transport', {}],
  ["axios's adapter", { maxBodyLength: 1000 }],
])('another origin that a redirect leads to gets nothing that is forwarded, over %s', async (_, options) => {
  const other = await service();
  const api = await service([{ status: 302, headers: { Location: other.url } }]);
  const headers = { Cookie: 'session=1', 'X-Tenant': 'north', 'X-User': 'ada' };
  const context = { requestId: 'edge-1', baggage: 'user=ada', headers };

  await runInContext(context, async () => new HTTPClient().get(api.url, options));

  const brought = { cookie: 'session=1', 'x-tenant': 'north', 'x-user': 'ada', baggage: 'user=ada' };
  expect(api.requests[0]?.headers).toMatchObject(brought);
  expect(other.requests[0]?.headers).toMatchObject({ 'x-request-id': 'edge-1' });
  for (const name of Object.keys(brought)) expect(other.requests[0]?.headers).not.toHaveProperty(name);
});

test('the same origin gets what is forwarded, after a redirect too', async () => {
  const api = await service([{ status: 302, headers: { Location: '/new' } }, {}]);

  await runInContext({ headers: { 'X-Tenant': 'north' } }, async () => new HTTPClient().get(api.url));

  expect(api.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['north', 'north']);
});

test.each<[string, unknown]>([
  ['null', null],
  ['false', false],
  ['a text', ''],
])('%s is no context', (_, context) => {
  expect(() => runInContext(context as ContextFacts, () => 0)).toThrow('Options must be an object');
});

test.each([0, -Infinity, -1])('with the deadline %d nothing is sent', async (deadline) => {
  const api = await service();

  const error = await failure(runInContext({ deadline }, async () => new HTTPClient().get(api.url)));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', sent: 'no', attempts: [] });
  expect(api.requests).toHaveLength(0);
});

test('the deadline Infinity is none', async () => {
  const api = await service();

  await runInContext({ deadline: Infinity }, async () => new HTTPClient().get(api.url));

  expect(api.requests[0]?.headers).not.toHaveProperty('x-request-timeout-ms');
});
