// axios as services typically use it: axios-retry, an awaited token, errors mapped to custom ones.
import http from 'node:http';
import axios from 'axios';
import axiosRetry from 'axios-retry';
import { TOKEN } from '../payload.mjs';
import { verbsOf } from './axios-verbs.mjs';

class ServiceError extends Error {
  constructor(cause) {
    super(`${cause.config?.method} ${cause.config?.url}: ${cause.message}`, { cause });
    this.status = cause.response?.status;
  }
}

export function create(baseURL, { timeout = 5, retryWait } = {}) {
  const httpAgent = new http.Agent({ keepAlive: true });
  const instance = axios.create({ baseURL, timeout: timeout * 1000, httpAgent, maxBodyLength: Infinity });
  axiosRetry(instance, {
    retries: 3,
    retryDelay: retryWait === undefined ? axiosRetry.exponentialDelay : () => retryWait,
  });
  instance.interceptors.request.use(async (config) => {
    config.headers.Authorization = `Bearer ${await getToken()}`;
    return config;
  });
  instance.interceptors.response.use(
    (response) => response,
    (error) => Promise.reject(new ServiceError(error)),
  );
  return { ...verbsOf(instance), close: () => httpAgent.destroy() };
}

let cached;

async function getToken() {
  return (cached ??= TOKEN);
}
