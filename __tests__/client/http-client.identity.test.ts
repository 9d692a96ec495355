import { createClient, HTTPClient, observe } from '../../src/index';
import { mockClient } from '../../src/testing/index';

class UsersClient extends HTTPClient {}

test('each client has an id of its own, which counts up', () => {
  const ids = [new HTTPClient(), createClient(), new UsersClient(), mockClient()].map(({ id }) => id);

  expect(ids.every(Number.isInteger)).toBe(true);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
});

test('an id cannot be changed', () => {
  const client = new HTTPClient();
  const { id } = client;

  expect(() => Object.assign(client, { id: 0 })).toThrow(TypeError);
  expect(client.id).toBe(id);
});

test('messages have the id and the name of the client', async () => {
  const seen: unknown[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      seen.push([call.clientId, call.client]);
    },
  });
  const [named, nameless] = [mockClient([{}], { name: 'users', token: null }), mockClient([{}], { token: null })];

  await named.get('http://users');
  await nameless.get('http://users');
  await named.axios.get('http://users');
  stop();

  expect(seen).toEqual([
    [named.id, 'users'],
    [nameless.id, undefined],
    [named.id, 'users'],
  ]);
});
