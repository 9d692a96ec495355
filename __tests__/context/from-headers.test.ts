import { contextFrom, type ContextOptions } from '../../src/context/from-headers';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

test('a context is made of the headers of a request', () => {
  const { signal } = new AbortController();
  const headers = {
    'x-request-id': 'edge-1',
    traceparent: TRACEPARENT,
    tracestate: 'vendor=1',
    baggage: 'user=7',
    'x-request-timeout-ms': '300',
    'x-request-attempt': '2',
    authorization: 'Bearer abc',
    'x-tenant': 'north',
    'x-other': 'stays here',
  };

  const context = contextFrom(headers, { forward: ['X-Tenant', 'X-Absent'], signal, receivedAt: 1000 });

  expect(context).toMatchObject({
    requestId: 'edge-1',
    trace: { id: '4bf92f3577b34da6a3ce929d0e0e4736', flags: '01' },
    tracestate: 'vendor=1',
    baggage: 'user=7',
    deadline: 1300,
    attempt: 2,
    authorization: 'Bearer abc',
  });
  expect(context.signal).toBe(signal);
  expect(context.headers).toEqual({ 'X-Tenant': 'north' });
});

test('of no headers, a context is made that has an id alone', () => {
  const { requestId, headers, ...rest } = contextFrom({});

  expect(requestId).toMatch(UUID);
  expect(headers).toEqual({});
  expect(rest).toEqual({ attempt: 1 });
});

test('headers of the Fetch standard do as well', () => {
  const headers = new Headers({ 'X-Request-Id': 'edge-1', 'X-Tenant': 'north' });

  expect(contextFrom(headers, { forward: ['x-tenant'] })).toMatchObject({
    requestId: 'edge-1',
    headers: { 'x-tenant': 'north' },
    baggage: undefined,
  });
});

test.each(['!~', 'x'.repeat(128), 'a/b:c?d'])('the request id %j is kept', (id) => {
  expect(contextFrom({ 'x-request-id': id }).requestId).toBe(id);
});

test.each(['', 'a b', 'x'.repeat(129), 'ü', 'a\tb', 'a\nb', 'one, two'])(
  'in the place of the id %j comes a new one',
  (id) => {
    expect(contextFrom({ 'x-request-id': id }).requestId).toMatch(UUID);
  },
);

test('two contexts without an id get two', () => {
  expect(contextFrom({}).requestId).not.toBe(contextFrom({}).requestId);
});

test('a tracestate goes with its traceparent only', () => {
  const { trace, tracestate } = contextFrom({ traceparent: 'nonsense', tracestate: 'vendor=1' });

  expect([trace, tracestate]).toEqual([undefined, undefined]);
});

test('a tracestate that came in several headers is one', () => {
  expect(contextFrom({ traceparent: TRACEPARENT, tracestate: ['a=1', 'b=2'] }).tracestate).toBe('a=1,b=2');
});

test.each([
  ['1', 1],
  ['4', 4],
  ['9999', 9999],
  [undefined, 1],
  ['0', 1],
  ['-1', 1],
  ['2.5', 1],
  ['02', 1],
  ['10000', 10_000],
  ['two', 1],
  ['2, 3', 1],
])('X-Request-Attempt: %s is attempt %i', (text, attempt) => {
  expect(contextFrom({ 'x-request-attempt': text }).attempt).toBe(attempt);
});

test.each<[string | string[], number | undefined]>([
  ['grpc-timeout', 200],
  ['X-Envoy-Expected-Rq-Timeout-Ms', 900],
  [['X-Envoy-Expected-Rq-Timeout-Ms', 'grpc-timeout', 'X-Absent'], 200],
  ['X-Broken', undefined],
  [[], undefined],
])('the time is read from %s', (timeoutHeader, deadline) => {
  const headers = {
    'grpc-timeout': '200m',
    'x-envoy-expected-rq-timeout-ms': '900',
    'x-broken': 'soon',
    'x-request-timeout-ms': '1',
  };

  expect(contextFrom(headers, { timeoutHeader, receivedAt: 0 }).deadline).toBe(deadline);
});

test('the time counts from now, where nothing else is said', () => {
  const before = performance.now();

  const { deadline = 0 } = contextFrom({ 'x-request-timeout-ms': '5000' });

  expect(deadline).toBeGreaterThanOrEqual(before + 5000);
  expect(deadline).toBeLessThanOrEqual(performance.now() + 5000);
});

test('a header that cannot be sent is not sent on', () => {
  expect(contextFrom({ 'x-tenant': 'a\r\nX-Admin: yes' }, { forward: ['X-Tenant'] }).headers).toEqual({});
});

test.each(['Authorization', 'proxy-authorization', 'Host', 'Content-Length', 'Transfer-Encoding', 'Connection'])(
  '%s is not to be forwarded',
  (name) => {
    expect(() => contextFrom({}, { forward: [name] })).toThrow(
      new RegExp(`^Option \`forward\` must not contain '${name}', which is never forwarded`),
    );
  },
);

test('whoever forwards Authorization is told of onBehalfOf', () => {
  expect(() => contextFrom({}, { forward: ['authorization'] })).toThrow(/onBehalfOf/);
});

test.each<[object | null, string]>([
  [null, 'Options must be an object, got null'],
  [{ forwards: [] }, 'Unknown option of a context `forwards`. Did you mean `forward`?'],
  [{ forward: 'X-Tenant' }, 'Option `forward` must be a list of header names, got a string'],
  [{ forward: ['X Tenant'] }, "Option `forward` must contain header names (HTTP tokens), got 'X', followed by U+0020"],
  [{ forward: [7] }, 'Option `forward` must contain header names (HTTP tokens), got 7'],
  [{ timeoutHeader: '' }, 'Option `timeoutHeader` must contain header names (HTTP tokens), got an empty string'],
  [{ signal: {} }, 'Option `signal` must be an AbortSignal, got an object'],
  [{ route: '/orders/:id' }, 'Option `route` must be a function, got a string'],
  [
    { receivedAt: new Date(0) },
    'Option `receivedAt` must be a number of milliseconds on the clock of performance.now(), not of Date.now(), got an instance of Date',
  ],
])('%j is refused', (options, message) => {
  expect(() => contextFrom({}, options as ContextOptions)).toThrow(new TypeError(message));
});

test('with `trust: false`, only what the service asks for is taken', () => {
  const headers = {
    ...{
      'x-request-id': 'edge-1',
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
      tracestate: 'v=1',
      baggage: 'a=1',
    },
    ...{ 'x-request-attempt': '3', 'grpc-timeout': '1S', 'x-tenant': 'north', authorization: 'Bearer inbound' },
  };
  const { signal } = new AbortController();

  const context = contextFrom(headers, { trust: false, forward: ['X-Tenant'], timeoutHeader: 'grpc-timeout', signal });

  expect(context.requestId).not.toBe('edge-1');
  const none = { trace: undefined, tracestate: undefined, baggage: undefined, deadline: undefined };
  expect(context).toMatchObject({ ...none, attempt: 1, signal, authorization: 'Bearer inbound' });
  expect(context.headers).toEqual({ 'X-Tenant': 'north' });
  expect(() => contextFrom({}, { trust: 'no' as never })).toThrow("Option `trust` must be true or false, got 'no'");
});

test.each([true, false])('the route is told, with `trust: %p`', (trust) => {
  expect(contextFrom({}, { route: () => '/orders/:id', trust }).route).toBe('/orders/:id');
});

test.each([null, 5, true, { id: 1 }, Symbol('id')])('a header with the value %p is ignored', (value) => {
  const { requestId, attempt, trace } = contextFrom({ 'x-request-id': value, traceparent: value } as never);

  expect(requestId).toMatch(UUID);
  expect([attempt, trace]).toEqual([1, undefined]);
});

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['X-Request-Id: s3cret', 'a string'],
  [['X-Request-Id', 's3cret'], 'a list'],
])('%p in place of headers is a TypeError', (headers, got) => {
  expect(() => contextFrom(headers as never)).toThrow(
    new TypeError(`Headers must be an object, such as \`request.headers\`, got ${got}`),
  );
});
