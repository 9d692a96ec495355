import http from 'node:http';
import got from 'got';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5, retryWait } = {}) {
  const agent = new http.Agent({ keepAlive: true });
  // got takes a wait of 0 as "no retry", so the shortest wait is 1 ms.
  const calculateDelay = ({ computedValue }) => Math.min(computedValue, Math.max(1, retryWait * 1000));
  const client = got.extend({
    prefixUrl: baseURL,
    agent: { http: agent },
    timeout: { request: timeout * 1000 },
    retry: retryWait === undefined ? { limit: 3 } : { limit: 3, calculateDelay },
    headers: { authorization: AUTHORIZATION },
  });
  return {
    getJSON: (path) => client.get(path.slice(1)).json(),
    postJSON: (path, json) => client.post(path.slice(1), { json }).json(),
    download: async (path) => (await client.get(path.slice(1)).buffer()).length,
    upload(path, makeStream, size) {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
      return client.post(path.slice(1), { body: makeStream(), headers }).json();
    },
    close: () => agent.destroy(),
  };
}
