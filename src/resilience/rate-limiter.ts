import { RateLimit, type RateLimiter } from './rate-limit';
import type { RateLimitSettings } from './rate-limit-options';
import { SharedRateLimit } from './shared-rate-limit';

/**
 * The limit of this process, or of all processes that share a store.
 *
 * @param key name of the rate in the store, if the settings have none
 * @param clock milliseconds of the monotonic clock
 */
export function rateLimiter(settings: RateLimitSettings, key: string, clock: () => number): RateLimiter {
  const { store } = settings;
  if (store === undefined) return new RateLimit(settings);
  return new SharedRateLimit(store, settings.key ?? key, settings, clock);
}
