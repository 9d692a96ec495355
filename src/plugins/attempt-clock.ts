import type { InternalAxiosRequestConfig } from 'axios';
import type { Plugin } from './plugin';

/**
 * Gives each attempt a clock, whatever adapter makes it.
 *
 * @param addClock puts a clock around the adapter of a config
 */
export function attemptClock(addClock: (config: InternalAxiosRequestConfig) => void): Plugin {
  function start(config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
    addClock(config);
    return config;
  }

  return {
    name: 'attempt-clock',
    ring: 'attempt',
    install(http) {
      http.interceptors.request.use(start, undefined, { synchronous: true });
    },
  };
}
