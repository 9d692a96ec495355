import { createClient, HTTPClient } from '../../src/index';
import { ABSENT_FROM_CLASS, ABSENT_FROM_CLIENT } from '../../src/client/absent-members';

const client = new HTTPClient({ token: null }) as unknown as Record<string, unknown>;
const Class = HTTPClient as unknown as Record<string, unknown>;

test.each([
  ['interceptors', 'use `client.axios.interceptors`'],
  ['defaults', 'pass options to `new HTTPClient(options)`, or use `client.axios.defaults`'],
  ['create', 'use `new HTTPClient(options)`'],
  ['getUri', 'use `client.axios.getUri(config)`'],
  ['postForm', 'use `client.post(url, { data: form })`'],
  ['getJSON', 'use `client.getJson(url)`'],
])('client.%s', (name, advice) => {
  expect(() => client[name]).toThrow(new TypeError(`There is no client.${name}: ${advice}`));
  expect(() => createClient({ token: null })[name as never]).toThrow(TypeError);
});

test.each([
  ['create', 'use `new HTTPClient(options)`'],
  ['get', 'create a client first, with `new HTTPClient(options)`'],
  ['interceptors', 'create a client first, with `new HTTPClient(options)`'],
])('HTTPClient.%s', (name, advice) => {
  expect(() => Class[name]).toThrow(new TypeError(`There is no HTTPClient.${name}: ${advice}`));
});

test('a call without new names the class', () => {
  expect(() => (HTTPClient as unknown as () => unknown)()).toThrow("Class constructor HTTPClient cannot be invoked without 'new'");
}); // prettier-ignore

test('no member of a client is explained away', () => {
  const members = Object.getOwnPropertyNames(HTTPClient.prototype);
  const present = ['axios', 'get', 'getJson', 'request', 'use', 'close'];

  expect(members).toEqual(expect.arrayContaining(present));
  expect(present.filter((name) => name in ABSENT_FROM_CLIENT)).toEqual([]);
  expect(Object.keys(ABSENT_FROM_CLASS)).not.toContain('name');
});

test('a subclass keeps members of these names', () => {
  class Users extends HTTPClient {
    static create(): Users {
      return new Users({ token: null });
    }

    readonly defaults = { page: 1 };
  }

  expect(Users.create().defaults).toEqual({ page: 1 });
});
