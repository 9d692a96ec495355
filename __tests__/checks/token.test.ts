import { tokenComplaint } from '../../src/checks/token';

test.each(['x', 'null-and-void', 'eyJhbGciOiJIUzI1NiJ9.e30.sig-_', 'abc+/==', '!"#$%&\'()*,:;<>?@[]^`{|}~'])(
  '%s can be sent',
  (token) => {
    expect(tokenComplaint(token)).toBeUndefined();
  },
);

test.each([
  [undefined, 'must be a string, got undefined'],
  [null, 'must be a string, got null'],
  [42, 'must be a string, got a number'],
  ['', 'must not be empty'],
  ['a\nb', 'must not contain a line break'],
  ['a b\r', 'must not contain a line break'],
  ['a b', 'must not contain a space'],
  ['bearer b', 'must not contain a space (pass the token without `Bearer `)'],
  ['undefined', 'must not be the word `undefined`'],
  ['null', 'must not be the word `null`'],
  ['a\tb', 'must contain visible ASCII characters only'],
  ['a\0', 'must contain visible ASCII characters only'],
  ['a\u200bb', 'must contain visible ASCII characters only'],
  ['á', 'must contain visible ASCII characters only'],
  ['a\x7f', 'must contain visible ASCII characters only'],
])('%j %s', (token, complaint) => {
  expect(tokenComplaint(token)).toBe(complaint);
});
