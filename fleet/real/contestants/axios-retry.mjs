import http from 'node:http';
import axios from 'axios';
import axiosRetry from 'axios-retry';

export function create(baseURL, { timeout }) {
  const httpAgent = new http.Agent({ keepAlive: true });
  const instance = axios.create({ baseURL, timeout: timeout * 1000, httpAgent });
  axiosRetry(instance, {
    retries: 3,
    retryDelay: (count, error) => axiosRetry.exponentialDelay(count, error, 250),
    shouldResetTimeout: true,
  });
  return (path) => instance.get(path);
}
