import { setTimeout as pause } from 'node:timers/promises';
import type * as Context from '../../src/context/run-in-context';
import { contextFrom } from '../../src/context/from-headers';
import { currentContext, inboundToken, runInContext } from '../../src/context/run-in-context';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

test('a context lasts as long as the work that was begun in it', async () => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map(async (requestId) =>
      runInContext({ requestId }, async () => {
        await pause(2);
        return currentContext()?.requestId;
      }),
    ),
  );

  expect(seen).toEqual(['a', 'b', 'c']);
  expect(currentContext()).toBeUndefined();
});

test('runInContext returns what the work returns, and throws what it throws', () => {
  expect(runInContext({}, () => 7)).toBe(7);
  expect(() =>
    runInContext({}, () => {
      throw new RangeError('no');
    }),
  ).toThrow(new RangeError('no'));
});

test('a context within a context takes its place, and undefined leaves it', () => {
  const seen = runInContext({ requestId: 'outer' }, () => [
    runInContext({ requestId: 'inner' }, () => currentContext()?.requestId),
    runInContext(undefined, () => currentContext()),
    currentContext()?.requestId,
  ]);

  expect(seen).toEqual(['inner', undefined, 'outer']);
});

test('a context without an id has one that all work in it shares', () => {
  const [one, other] = runInContext({}, () => [currentContext()?.requestId, currentContext()?.requestId]);

  expect(one).toMatch(/^[\da-f-]{36}$/);
  expect(other).toBe(one);
});

test('two copies of the package share the context, and know it for one', () => {
  let copy = undefined as unknown as typeof Context;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof Context>('../../src/context/run-in-context');
  });
  expect(copy.runInContext).not.toBe(runInContext);
  const context = contextFrom({ 'x-request-id': 'edge-1', authorization: 'Bearer abc' });

  const seen = copy.runInContext(context, () => [currentContext() === context, inboundToken(), copy.inboundToken()]);

  expect(seen).toEqual([true, 'abc', 'abc']);
});

test.each([
  ['Bearer abc.def', 'abc.def'],
  ['bearer abc', 'abc'],
  ['Bearer  abc', 'abc'],
  ['Basic dXNlcjpwYXNz', undefined],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  [undefined, undefined],
])('the inbound token of %j is %j', (authorization, token) => {
  expect(runInContext({ authorization }, inboundToken)).toBe(token);
});

test('without a context there is no inbound token', () => {
  expect(inboundToken()).toBeUndefined();
});

test('a token source finds the inbound token of its own call on every attempt', async () => {
  const failed = new Set<string | undefined>();
  const api = await service(({ url, headers }) => {
    const isFirst = !failed.has(url);
    failed.add(url);
    return isFirst ? { status: 503 } : { json: headers.authorization };
  });
  const client = new HTTPClient({
    token: async () => pause(1, `for-${inboundToken()}`),
    retry: { base: 0.002, budget: false },
  });
  const users = Array.from({ length: 20 }, (_, n) => `user-${n}`);

  const seen = await Promise.all(
    users.map(async (user) =>
      runInContext({ authorization: `Bearer ${user}` }, async () => client.getJson(`${api.url}/${user}`)),
    ),
  );

  expect(api.requests).toHaveLength(40);
  expect(seen).toEqual(users.map((user) => `Bearer for-${user}`));
  client.close();
});
