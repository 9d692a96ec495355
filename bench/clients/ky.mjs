import { Readable } from 'node:stream';
import ky from 'ky';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5, retryWait } = {}) {
  const client = ky.create({
    prefixUrl: baseURL,
    timeout: timeout * 1000,
    retry: retryWait === undefined ? { limit: 3 } : { limit: 3, delay: () => retryWait * 1000 },
    headers: { authorization: AUTHORIZATION },
  });
  return {
    getJSON: (path) => client.get(path.slice(1)).json(),
    postJSON: (path, json) => client.post(path.slice(1), { json }).json(),
    download: async (path) => (await client.get(path.slice(1)).arrayBuffer()).byteLength,
    upload: (path, makeStream) =>
      client.post(path.slice(1), { body: Readable.toWeb(makeStream()), duplex: 'half' }).json(),
    close() {},
  };
}
