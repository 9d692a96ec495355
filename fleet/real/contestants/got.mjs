import http from 'node:http';
import got from 'got';

export function create(baseURL, { timeout }) {
  // Its own waits are 1, 2, 4 s. 0 means "no retry", and `Retry-After` is in its value.
  const calculateDelay = ({ attemptCount, retryAfter, computedValue }) =>
    computedValue === 0 ? 0 : (retryAfter ?? 500 * 2 ** (attemptCount - 1));
  const client = got.extend({
    prefixUrl: baseURL,
    agent: { http: new http.Agent({ keepAlive: true }) },
    timeout: { request: timeout * 1000 },
    retry: { limit: 3, calculateDelay },
  });
  return (path) => client.get(path.slice(1)).json();
}
