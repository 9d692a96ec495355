// This package with all features enabled, over any of its transports.
import { HTTPClient } from '@hdms/http-client';
import { TOKEN } from '../payload.mjs';

export function createWith(transport, baseURL, { timeout = 5, retryWait, plugins = 0 } = {}) {
  const client = new HTTPClient({
    baseURL,
    timeout,
    transport,
    retryAttempts: 3,
    retry: retryWait === undefined ? undefined : { base: retryWait },
    token: cachedToken(),
    plugins: Array.from({ length: plugins }, (_, index) => idle(`idle-${index}`)),
  });
  return {
    getJSON: (path) => client.getJson(path),
    postJSON: (path, json) => client.postJson(path, { json }),
    async download(path) {
      const { data } = await client.get(path, { responseType: 'arraybuffer' });
      return data.length;
    },
    upload: (path, makeStream, size) =>
      client.postJson(path, { data: makeStream, headers: { 'Content-Length': size } }),
    close: () => client.close(),
  };
}

/** A token source like a token service with a cached token. */
function cachedToken() {
  const token = { token: TOKEN };
  return { getToken: () => token };
}

function idle(name) {
  return {
    name,
    ring: 'call',
    install(http) {
      http.interceptors.request.use((config) => config, undefined, { synchronous: true });
    },
  };
}
