import { sign } from 'jsonwebtoken';
import { jwtExpiry } from '../../src/util/jwt-expiry';

function unsigned(payload: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(payload)}.`;
}

test('a JWT ends when its `exp` says, in milliseconds', () => {
  expect(jwtExpiry(sign({ exp: 1_700_000_000 }, 'secret'))).toBe(1_700_000_000_000);
  expect(jwtExpiry(unsigned({ exp: 1.5 }))).toBe(1500);
});

test.each([
  [1e20, 8.64e15],
  [-1e20, -8.64e15],
])('a JWT that ends at %d ends at the last instant that a Date can hold on that side', (exp, expiry) => {
  expect(jwtExpiry(unsigned({ exp }))).toBe(expiry);
});

test.each([unsigned({}), unsigned({ exp: 'soon' }), unsigned(null), unsigned('text'), 'opaque', 'a.b.c', ''])(
  '%s does not say',
  (token) => {
    expect(jwtExpiry(token)).toBeUndefined();
  },
);
