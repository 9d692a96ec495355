import { checkClaims } from '../../../src/tokens/jwt/check-claims';
import type { InvalidToken } from '../../../src/index';

const NOW = 1_800_000_000;
const EXPECTED = { issuers: ['me', 'you'], audiences: ['users', 'tickets'], clockTolerance: 5 };
const GOOD = { iss: 'me', aud: 'users', exp: NOW + 60 };

/** The reason, or the claims if there is none. */
function check(claims: object): unknown {
  try {
    return checkClaims({ ...GOOD, ...claims }, EXPECTED, NOW * 1000 + 999);
  } catch (thrown) {
    return (thrown as InvalidToken).reason;
  }
}

test.each([{}, { iss: 'you' }, { aud: ['x', 'tickets'] }, { sub: 'ada', scope: 'a' }, { nbf: NOW }])(
  'claims that are right are returned unchanged: %j',
  (claims) => {
    expect(check(claims)).toEqual({ ...GOOD, ...claims });
  },
);

test.each([
  ['exp', NOW - 4, NOW - 5, 'expired'],
  ['nbf', NOW + 5, NOW + 6, 'not-active'],
])('an %s of %i is within the tolerance, and one of %i is %s', (name, good, late, reason) => {
  expect(check({ [name]: good })).toEqual({ ...GOOD, [name]: good });
  expect(check({ [name]: late })).toBe(reason);
});

test.each([
  [{ iss: undefined }, 'issuer'],
  [{ iss: ['me'] }, 'issuer'],
  [{ aud: undefined }, 'audience'],
  [{ aud: [] }, 'audience'],
  [{ aud: [['users']] }, 'audience'],
  [{ aud: { users: true } }, 'audience'],
  [{ exp: undefined }, 'malformed'],
  [{ exp: null }, 'malformed'],
  [{ exp: `${NOW + 60}` }, 'malformed'],
  [{ nbf: Infinity }, 'malformed'],
  [{ sub: 7 }, 'malformed'],
])('%j is refused as %s', (claims, reason) => {
  expect(check(claims)).toBe(reason);
});

test('a time that no date can hold is an unknown time', () => {
  expect(() => checkClaims({ ...GOOD, nbf: 1e300 }, EXPECTED, NOW * 1000)).toThrow('not valid before an unknown time');
});
