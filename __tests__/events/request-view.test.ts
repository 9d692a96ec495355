import { inspect } from 'node:util';
import { RequestView, type RequestSource } from '../../src/events/request-view';

function requestTo(url: string, headers: Record<string, unknown> = {}): RequestSource {
  return { method: 'GET', url: new URL(url), headers };
}

const FIRST = { count: 0, kind: undefined, reason: undefined };

test('shows a request without its secrets', () => {
  const source = requestTo('https://me:secret@a.test/x?token=secret', {
    Authorization: 'Bearer secret',
    Accept: '*/*',
  });
  const view = new RequestView(source, 'http', { count: 2, kind: 'retry', reason: 'TIMEOUT' });

  expect(view).toMatchObject({ method: 'GET', url: 'https://a.test/x?token=***', address: 'a.test', port: 443 });
  expect(view).toMatchObject({ transport: 'http', resendCount: 2, resendKind: 'retry', resendReason: 'TIMEOUT' });
  expect(view.headers).toEqual({ Authorization: '***', Accept: '*/*' });
  expect(inspect(view)).toMatch(/^RequestView \{/);
  expect(inspect(view) + JSON.stringify(view)).not.toContain('secret');
});

test('a header replaces that of the same name, until the request is sent', () => {
  const source = requestTo('http://a.test/', { TraceParent: 'old' });
  const view = new RequestView(source, 'http', FIRST);

  view.setHeader('traceparent', 'new');
  RequestView.dispatch(view, () => undefined);
  view.setHeader('traceparent', 'too late');
  view.setHeader('x-late', 'too late');

  expect(source.headers).toEqual({ TraceParent: 'new' });
});

test.each([
  ['a b', 'x', "Header names must be HTTP tokens, got 'a', followed by U+0020"],
  ['X-A', 'a\r\nb: c', 'Header `X-A` must be Latin-1 text on one line, got U+000D at character 1'],
  ['traceparent', 'a\nb', 'Header `traceparent` must be Latin-1 text on one line, got U+000A at character 1'],
  ['traceparent', 5, 'Header `traceparent` must be a string, got a number'],
  ['X-A', 5, 'Header `X-A` must be a string, got a number'],
  ['Content-Length', '5', 'Header `Content-Length` is set by the transport'],
  ['HOST', 'a', 'Header `HOST` is set by the transport'],
  ['Expect', '100-continue', 'Header `Expect` is set by the transport'],
  ['Keep-Alive', 'timeout=5', 'Header `Keep-Alive` is set by the transport'],
  ['Upgrade', 'h2c', 'Header `Upgrade` is set by the transport'],
])('%s: %j is refused', (name, value, message) => {
  const source = requestTo('http://a.test/');

  expect(() => {
    new RequestView(source, 'http', FIRST).setHeader(name, value as string);
  }).toThrow(new TypeError(message));
  expect(source.headers).toEqual({});
});

test('after its end, a view still shows where the request went', () => {
  const view = new RequestView(requestTo('https://me:secret@[::1]/x?token=secret'), 'http');
  RequestView.end(view);

  expect(view).toMatchObject({ url: 'https://[::1]/x?token=***', address: '::1', port: 443, scheme: 'https' });
});
