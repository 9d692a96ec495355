import http from 'node:http';
import axios from 'axios';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  noJitterGenerator,
  retry,
  timeout as timeoutAfter,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';

export function create(baseURL, { timeout }) {
  const instance = axios.create({ baseURL, httpAgent: new http.Agent({ keepAlive: true }) });
  const backoff = new ExponentialBackoff({ initialDelay: 500, generator: noJitterGenerator });
  const policy = wrap(
    retry(handleAll, { maxAttempts: 3, backoff }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeoutAfter(timeout * 1000, TimeoutStrategy.Aggressive),
  );
  return (path) => policy.execute(({ signal }) => instance.get(path, { signal }));
}
