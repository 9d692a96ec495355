import { inspect } from 'node:util';
import { Call } from '../../src/call/call';
import { CallRecord } from '../../src/events/call-record';
import type { CallView } from '../../src/events/call-view';
import { targetOf } from '../../src/request/url';
import { fromFacts } from '../../src/context/inbound-context';

function viewOf(call: Call): CallView {
  return new CallRecord(call).view;
}

test('shows the facts of its call as they are now', () => {
  const call = new Call('GET', 'http://me:secret@a.test/users?api_key=secret', 5, undefined, { id: 7, name: 'users' });
  const view = viewOf(call);

  expect(view).toMatchObject({ client: 'users', clientId: 7, method: 'GET', url: 'http://a.test/users?api_key=***' });
  expect(view).toMatchObject({ id: call.id, limit: 5, attempts: [], retries: 0 });
  expect([view.address, view.port, view.template, view.context, view.reason]).toEqual(Array(5).fill(undefined));

  const line = call.addLine();
  line.end(503);
  call.decide(line, 'retry', 'SERVER_ERROR', 0.5);

  expect(view.reason).toBe('SERVER_ERROR');
  expect(view.attempts).toMatchObject([{ outcome: 503, decision: 'retry', wait: 0.5 }]);
  call.addLine();
  expect(view.retries).toBe(1);
});

test.each([
  ['https://a.test/', 'a.test', 443],
  ['http://a.test/', 'a.test', 80],
  ['http://[::1]:8080/', '::1', 8080],
])('address and port of %s', (url, address, port) => {
  const call = new Call('GET', url);
  targetOf({ url }, call);

  expect(viewOf(call)).toMatchObject({ address, port });
});

test.each([
  ['/users/{id}', 'http://a.test/api/', '/api/users/{id}'],
  ['users/{id}?token=secret#x', 'http://a.test', '/users/{id}'],
  ['http://me:secret@a.test/users/{id}', 'http://b.test/api', '/users/{id}'],
])('the template of %s with the base %s is a path', (template, base, expected) => {
  const call = new Call('GET', template);
  targetOf({ url: '/users/1', baseURL: base }, call);
  call.template = template;

  expect(viewOf(call).template).toBe(expected);
});

test('the context is that of the inbound request, without what was forwarded', () => {
  const call = new Call('GET', 'http://a.test/');
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  call.context = fromFacts({
    requestId: 'r1',
    traceparent,
    authorization: 'Bearer secret',
    attempt: 2,
    route: () => '/a/:id',
  });
  const { context } = viewOf(call);

  expect({ ...JSON.parse(JSON.stringify(context)) }).toEqual({
    requestId: 'r1',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentId: 'b7ad6b7169203331',
    attempt: 2,
    route: '/a/:id',
  });
  expect(inspect(context)).not.toContain('secret');
});

test('prints what it shows', () => {
  const view = viewOf(new Call('GET', 'http://a.test/'));

  expect(inspect(view)).toMatch(/^CallView \{/);
  expect(JSON.parse(JSON.stringify(view))).toMatchObject({ method: 'GET', url: 'http://a.test/', retries: 0 });
});
