import { withoutDot } from '../../src/util/hostname';

test.each([
  ['users.', 'users'],
  ['users.internal.', 'users.internal'],
  ['users.internal', 'users.internal'],
  ['[::1]', '[::1]'],
  ['', ''],
])('%j names the host %j', (hostname, expected) => {
  expect(withoutDot(hostname)).toBe(expected);
});
