import type { Call } from '../call/call';
import type { AttemptPlugin, RequestConfig } from './plugin';

/**
 * Gives each attempt a clock, whatever its adapter.
 *
 * @param addClock wraps the adapter of a config in a clock
 */
export function attemptClock(addClock: (config: RequestConfig, call: Call) => void): AttemptPlugin {
  return {
    name: 'attempt-clock',
    request(config, { call }) {
      addClock(config, call);
    },
  };
}
