import type { Call } from '../call/call';
import type { AttemptPlugin, RequestConfig } from './plugin';

/**
 * Gives each attempt a clock, whatever adapter makes it.
 *
 * @param addClock puts a clock around the adapter of a config
 */
export function attemptClock(addClock: (config: RequestConfig, call: Call) => void): AttemptPlugin {
  return {
    name: 'attempt-clock',
    request(config, { call }) {
      addClock(config, call);
    },
  };
}
