import type { InternalAxiosRequestConfig } from 'axios';
import type { BackpressureOptions, BackpressureSettings } from '../../resilience/backpressure-options';
import type { CircuitBreakerOptions, CircuitBreakerSettings } from '../../resilience/circuit-options';
import type { ConcurrencyOptions, ConcurrencySettings } from '../../resilience/concurrency-options';
import type { HedgingOptions, HedgingSettings } from '../../resilience/hedging-options';
import type { OriginStates } from '../../resilience/origin-states';
import type { RateLimitOptions, RateLimitSettings } from '../../resilience/rate-limit-options';

/** How a client treats an upstream that is slow, fails or is busy. All state is kept per origin. */
export interface ResilienceOptions {
  /** Whether calls are held back when the service asks for it; `false` for never. @default { retryAfter: true, rateLimit: false } */
  readonly backpressure?: BackpressureOptions | false | undefined;
  /** How many attempts are under way at the same time, and how many wait. @default no limit */
  readonly concurrency?: ConcurrencyOptions | false | undefined;
  /** Stops calls to a service that keeps failing; `{}` has all defaults. @default false */
  readonly circuitBreaker?: CircuitBreakerOptions | false | undefined;
  /** Sends a second attempt if the first is slow. @default false */
  readonly hedging?: HedgingOptions | false | undefined;
  /** How many requests per second are sent; others wait for their turn. @default false */
  readonly rateLimit?: RateLimitOptions | false | undefined;
  /**
   * Splits the state of an origin, by route or by tenant. Called for each attempt; the number of different results must be small.
   *
   * @default one part
   */
  readonly partition?: ((config: InternalAxiosRequestConfig) => string) | undefined;
  /** Shares the state of origins with other clients, which should have the same options. @default a client's own */
  readonly origins?: OriginStates | undefined;
}

/** ResilienceOptions with all defaults. */
export interface ResilienceSettings {
  readonly backpressure: BackpressureSettings;
  readonly concurrency: ConcurrencySettings;
  readonly circuitBreaker: CircuitBreakerSettings | false;
  readonly hedging: HedgingSettings | false;
  readonly rateLimit: RateLimitSettings | false;
  readonly partition: ResilienceOptions['partition'];
  readonly origins: OriginStates;
}

export const RESILIENCE_OPTIONS = [
  'backpressure', 'concurrency', 'circuitBreaker', 'hedging', 'rateLimit', 'partition', 'origins',
] as const satisfies readonly (keyof ResilienceOptions)[]; // prettier-ignore
