import http from 'node:http';
import { Gaxios } from 'gaxios';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5, retryWait } = {}) {
  const agent = new http.Agent({ keepAlive: true });
  const client = new Gaxios({ baseURL, agent, timeout: timeout * 1000, headers: { authorization: AUTHORIZATION } });
  const waits = retryWait === undefined ? {} : { retryDelay: retryWait * 1000, retryDelayMultiplier: 1 };
  // gaxios counts attempts in this object, so each call needs a new one.
  const send = async (options) => (await client.request({ ...options, retryConfig: { retry: 3, ...waits } })).data;
  return {
    getJSON: (url) => send({ url, responseType: 'json' }),
    postJSON: (url, data) => send({ url, method: 'POST', data, responseType: 'json' }),
    download: async (url) => (await send({ url, responseType: 'arraybuffer' })).byteLength,
    upload(url, makeStream, size) {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
      return send({ url, method: 'POST', data: makeStream(), headers, responseType: 'json' });
    },
    close: () => agent.destroy(),
  };
}
