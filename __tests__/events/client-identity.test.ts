import { newIdentity } from '../../src/events/client-identity';
import { HTTPClient } from '../../src/index';

test('clients are numbered, also those of another copy of the package', () => {
  const { id } = newIdentity(undefined);
  let other: typeof newIdentity | undefined;
  jest.isolateModules(() => {
    ({ newIdentity: other } = jest.requireActual<{ newIdentity: typeof newIdentity }>(
      '../../src/events/client-identity',
    ));
  });

  expect(other).not.toBe(newIdentity);
  expect(other?.('users')).toEqual({ id: id + 1, name: 'users' });
  expect(newIdentity('users')).toEqual({ id: id + 2, name: 'users' });
});

test.each<[unknown, string]>([
  ['', 'an empty string'],
  [null, 'null'],
  [7, 'a number'],
  [['users'], 'a list'],
  [Symbol('users'), 'a symbol'],
])('%p is not the name of a client', (name, got) => {
  expect(() => new HTTPClient({ name: name as string })).toThrow(
    new TypeError(`Option \`name\` must be a non-empty string, got ${got}`),
  );
});
