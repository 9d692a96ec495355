import { Call } from '../../src/call/call';
import { isShared } from '../../src/call/shared-outcome';
import { createException } from '../../src/errors/create';

const URL = 'http://api.test/users';
const timeout = createException('TIMEOUT');

test.each([
  ['for the same thing', new Call('GET', URL), true],
  ['with another method', new Call('POST', URL), false],
  ['to another URL', new Call('GET', 'http://api.test/token'), false],
  ['of another client', new Call('GET', URL, 1, undefined, { id: 7, name: 'other' }), false],
])('the failure of a call %s: %#', (_, other, expected) => {
  expect(isShared(timeout, other, new Call('GET', URL))).toBe(expected);
});

test('a cancellation is not shared', () => {
  expect(isShared(createException('CANCELLED'), new Call('GET', URL), new Call('GET', URL))).toBe(false);
});
