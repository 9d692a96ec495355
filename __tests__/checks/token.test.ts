import { tokenComplaint } from '../../src/checks/token';

test.each(['x', 'eyJhbGciOiJIUzI1NiJ9.e30.sig-_', 'abc+/==', '!"#$%&\'()*,:;<>?@[]^`{|}~'])(
  '%s can be sent',
  (token) => {
    expect(tokenComplaint(token)).toBeUndefined();
  },
);

test.each([
  [undefined, 'must be a string, got undefined'],
  [null, 'must be a string, got null'],
  [42, 'must be a string, got number'],
  ['', 'must not be empty'],
  ['a\nb', 'must not hold a line break'],
  ['a b\r', 'must not hold a line break'],
  ['a b', 'must not hold a space (pass the token without `Bearer `)'],
  ['a\tb', 'must hold visible ASCII characters only'],
  ['a\0', 'must hold visible ASCII characters only'],
  ['a\u200bb', 'must hold visible ASCII characters only'],
  ['á', 'must hold visible ASCII characters only'],
  ['a\x7f', 'must hold visible ASCII characters only'],
])('%j %s', (token, complaint) => {
  expect(tokenComplaint(token)).toBe(complaint);
});
