import { valueOrKind } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';

/** Milliseconds: longer than a process lives, and shorter than the time by which `Date.now()` is ahead. */
const AHEAD = 1.5e12;

/**
 * Checks a time on the clock of `performance.now()`. One of `Date.now()` would be 50 years ahead, and so no limit.
 *
 * @throws TypeError
 */
export function checkClockTime(name: string, value: unknown): void {
  if (typeof value === 'number' && (value - performance.now() <= AHEAD || value === Infinity)) return;
  throw wrongOption(
    name,
    'be a number of milliseconds on the clock of performance.now(), not of Date.now()',
    valueOrKind(value, 'number'),
  );
}
