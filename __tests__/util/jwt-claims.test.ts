import { sign } from 'jsonwebtoken';
import { jwtClaims } from '../../src/util/jwt-claims';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('what a JWT says, signed or not', () => {
  const claims = { sub: 'Jürgen ✓', exp: 1_700_000_000 };
  expect(jwtClaims(sign(claims, 'secret', { noTimestamp: true }))).toEqual(claims);
  expect(jwtClaims(`${part({ alg: 'none' })}.${part(claims)}.`)).toEqual(claims);
});

test.each([
  ['opaque'],
  [''],
  ['a.b.c'],
  [`${part({})}.${part(null)}.`],
  [`${part({})}.${part('text')}.`],
  [`${part({})}.${part({ exp: 1 })}`],
  [`${part({})}.${part({ exp: 1 })}.c.d.e`],
  [`${part({})}.${part({ exp: 1 })}.not/base64url`],
])('%s is not a JWT that says something', (token) => {
  expect(jwtClaims(token)).toEqual({});
});
