import { backoff, type Backoff } from '../../src/resilience/backoff';

const contract: Backoff = { base: 0.5, factor: 2, cap: 30, jitter: 'none' };
const never = (): number => {
  throw new Error('without jitter nothing is drawn');
};

const waits = (rule: Backoff, retries: number, random = never): number[] =>
  Array.from({ length: retries }, (_, index) => backoff(rule, index + 1, random));

test('the waits of the contract are 0.5, 1 and 2 s', () => {
  expect(waits(contract, 3)).toEqual([0.5, 1, 2]);
});

test('a wait never exceeds the cap', () => {
  expect(waits(contract, 10)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]);
  expect(waits({ ...contract, cap: 0.2 }, 2)).toEqual([0.2, 0.2]);
});

test('factor 1 waits the same each time, base 0 not at all', () => {
  expect(waits({ ...contract, factor: 1 }, 3)).toEqual([0.5, 0.5, 0.5]);
  expect(waits({ ...contract, base: 0 }, 3)).toEqual([0, 0, 0]);
});

test('full jitter draws each wait evenly from 0 up to it', () => {
  const full: Backoff = { ...contract, jitter: 'full' };

  expect(waits(full, 3, () => 0)).toEqual([0, 0, 0]);
  expect(waits(full, 3, () => 0.25)).toEqual([0.125, 0.25, 0.5]);
  expect(backoff({ ...full, cap: 10 }, 9, () => 0.5)).toBe(5);
});
