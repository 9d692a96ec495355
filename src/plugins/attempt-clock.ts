import type { AttemptPlugin } from './plugin';

/**
 * Gives each attempt a clock, whatever its adapter.
 *
 * @param addClock wraps the adapter of a config in a clock
 */
export function attemptClock(addClock: NonNullable<AttemptPlugin['request']>): AttemptPlugin {
  return { name: 'attempt-clock', request: addClock };
}
