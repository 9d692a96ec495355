import { AsyncLocalStorage } from 'node:async_hooks';
import { observe } from '../../src';
import { RequestView, type RequestSource } from '../../src/events/request-view';
import { HTTPClient } from '../../src/client/http-client';
import { service } from '../support/service';

const resend = { count: 0, kind: undefined, reason: undefined };

function sourceOf(headers: Record<string, unknown>): RequestSource {
  return { method: 'GET', url: new URL('http://user-service/'), headers };
}

function viewOf(headers: Record<string, unknown>): RequestView {
  return new RequestView(sourceOf(headers), 'http', resend);
}

test('one header is found in any case, and a secret one is hidden', () => {
  const view = viewOf({ TraceParent: 'a', Authorization: 'Bearer s3cret', 'X-List': ['a', 'b'] });

  expect(['traceparent', 'authorization', 'X-List', 'x-none'].map((name) => view.header(name))).toEqual([
    'a',
    '***',
    ['a', 'b'],
    undefined,
  ]);
});

test('a header is replaced whatever its case, and removed by undefined', () => {
  const headers = { TraceParent: 'a', tracestate: 'v=1' };
  const view = viewOf(headers);

  view.setHeader('traceparent', 'b');
  view.setHeader('TraceState', undefined);
  view.setHeader('x-none', undefined);

  expect(headers).toEqual({ TraceParent: 'b' });
});

test('a request is sent in all scopes, the last one outermost', () => {
  const view = viewOf({});
  const order: string[] = [];
  const scope = (name: string) => ({
    run<T>(send: () => T): T {
      order.push(name);
      return send();
    },
  });

  expect(RequestView.dispatch(view, () => 'plain')).toBe('plain');
  view.sendIn(scope('first'));
  view.sendIn(scope('second'));

  expect(RequestView.dispatch(view, () => 'sent')).toBe('sent');
  expect(order).toEqual(['second', 'first']);
});

test.each([{}, { maxRate: 1e9 }])("the scope is not for the caller's code: %j", async (options) => {
  const api = await service([{ body: 'text' }]);
  const storage = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const stop = observe({
    requestStart: ({ request }) => {
      request.sendIn({ run: (send) => storage.run('transport', send) });
    },
  });
  const client = new HTTPClient({ token: null, ...options });

  await storage.run('caller', () =>
    client.get(api.url, {
      validateStatus() {
        seen.push(storage.getStore());
        return true;
      },
    }),
  );
  stop();

  expect(new Set(seen)).toEqual(new Set(['caller']));
});
