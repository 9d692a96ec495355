import {
  CapturedHeaders,
  endAttributes,
  requestErrorType,
  startAttributes,
} from '../../src/opentelemetry/request-attributes';
import type { ErrorView, ResponseView } from '../../src/events/outcome-views';
import type { RequestEnd, RequestStart } from '../../src/events/messages';

const request = { method: 'GET', address: 'user-service', port: 8000, resendCount: 0 };
const response = (status: number) => ({ status }) as ResponseView;
const error = (code: string, status?: number) => ({ code, status }) as ErrorView;

function start(facts: object, client?: string, template?: string) {
  const message = { call: { client }, request: { ...request, ...facts } } as unknown as RequestStart;
  return startAttributes(message, new Set(['GET']), 'http://user-service:8000/', template);
}

test('an unknown method is _OTHER beside the original', () => {
  expect(start({ method: 'PURGE' })).toEqual({
    'http.request.method': '_OTHER',
    'http.request.method_original': 'PURGE',
    'server.address': 'user-service',
    'server.port': 8000,
    'url.full': 'http://user-service:8000/',
  });
});

test('what is not known has no attribute', () => {
  expect(Object.keys(start({}))).toEqual(['http.request.method', 'server.address', 'server.port', 'url.full']);
  expect(start({ resendCount: 2 }, 'users', '/users/{id}')).toMatchObject({
    'http.request.resend_count': 2,
    'hdms.client.name': 'users',
    'url.template': '/users/{id}',
  });
});

test('the connection and the outcome follow at the end', () => {
  const connection = { reused: false, address: '10.0.0.1', port: 80, protocol: '1.1' };

  expect(endAttributes({ response: response(404), connection } as RequestEnd, false)).toEqual({
    'http.response.status_code': 404,
    'error.type': '404',
    'network.protocol.version': '1.1',
    'network.peer.address': '10.0.0.1',
    'network.peer.port': 80,
  });
  expect(endAttributes({ error: error('CANCELLED'), connection: { reused: true } } as RequestEnd, true)).toEqual({});
});

test.each([
  [response(503), undefined, '503'],
  [response(200), undefined, undefined],
  [response(200), error('BODY_TRUNCATED'), 'BODY_TRUNCATED'],
  [response(503), error('BODY_TRUNCATED'), '503'],
  [undefined, error('TIMEOUT'), 'TIMEOUT'],
  [undefined, error('CLIENT_ERROR', 404), '404'],
  [undefined, error('CANCELLED'), undefined],
  [response(200), error('CANCELLED'), undefined],
  [response(503), error('CANCELLED'), '503'],
])('the error type of %j and %j is %s', (one, other, type) => {
  expect(requestErrorType(one, other)).toBe(type);
});

test('captured headers are lists of texts, once for each name', () => {
  const values: Record<string, unknown> = { via: ['a', 'b'], 'x-count': 5, 'user-agent': 'orders/1', 'x-off': false };
  const headers = new CapturedHeaders(
    ['Via', 'via', 'X-Count', 'User-Agent', 'X-Off', 'x-none'],
    'http.request.header.',
  );

  expect(headers.isEmpty).toBe(false);
  expect(headers.of({ header: (name) => values[name] })).toEqual({
    'http.request.header.via': ['a', 'b'],
    'http.request.header.x-count': ['5'],
    'http.request.header.user-agent': ['orders/1'],
    'user_agent.original': 'orders/1',
  });
  expect(new CapturedHeaders([], '').isEmpty).toBe(true);
});
