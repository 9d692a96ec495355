import CircuitBreaker from 'opossum';
import { create as createRetrying } from './axios-retry.mjs';

export function create(baseURL, { timeout }) {
  // The timeout of each attempt is that of axios: one of the breaker would cover all attempts.
  const options = { timeout: false, errorThresholdPercentage: 50, resetTimeout: 30_000 };
  const breaker = new CircuitBreaker(createRetrying(baseURL, { timeout }), options);
  return (path) => breaker.fire(path);
}
