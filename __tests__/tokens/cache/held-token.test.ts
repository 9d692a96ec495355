import { HeldToken, type FetchedToken } from '../../../src/tokens/cache/held-token';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock';

/** @param life seconds */
function held(life: number | undefined, clock: VirtualClock, facts: Partial<FetchedToken> = {}, lot = 0.5): HeldToken {
  const expiresAt = life === undefined ? undefined : clock.now() + life * 1000;
  return new HeldToken({ token: 'x', expiresAt, ...facts }, clock, () => lot);
}

test.each<[string, number, number, number]>([
  ['an hour', 3600, 720_000, 30_000],
  ['two minutes', 120, 24_000, 12_000],
  ['a second', 1, 200, 125],
])('of %s a fifth is left at its renewal, and less in its last seconds', (_, life, renewal, margin) => {
  expect(held(life, virtualClock())).toMatchObject({ lifetime: life * 1000, renewal, margin });
});

test.each([
  [0, 150_000],
  [1, 250_000],
])('with the lot %d a token of 1000 s is renewed when %d ms are left', (lot, renewal) => {
  expect(Math.round(held(1000, virtualClock(), {}, lot).renewal)).toBe(renewal);
});

test.each([
  ['does not end', undefined, {}],
  ['is the last one', 60, { isLast: true }],
])('a token that %s is not renewed ahead', (_, life, facts) => {
  expect(held(life, virtualClock(), facts)).toMatchObject({ renewal: 0, margin: 0 });
});

test('the earlier of two ends counts, whichever clock was moved', async () => {
  const clock = virtualClock();
  const token = held(60, clock);

  await clock.pass(10_000);
  expect(token.left).toBe(50_000);
  clock.jump(20_000);
  expect(token.left).toBe(30_000);
  clock.jump(-1_000_000);
  expect(token.left).toBe(50_000);
});

test('a clock that was set back since the token was issued does not lengthen its life', () => {
  const clock = virtualClock();
  const issuedAt = clock.now() + 3_600_000;

  expect(held(undefined, clock, { issuedAt, expiresAt: issuedAt + 60_000 }).left).toBe(60_000);
});
