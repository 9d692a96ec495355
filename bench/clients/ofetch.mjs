import { Readable } from 'node:stream';
import { ofetch } from 'ofetch';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5, retryWait = 0.5 } = {}) {
  const send = ofetch.create({
    baseURL,
    timeout: timeout * 1000,
    retry: 3,
    retryDelay: retryWait * 1000,
    headers: { authorization: AUTHORIZATION },
  });
  return {
    getJSON: (path) => send(path),
    postJSON: (path, body) => send(path, { method: 'POST', body }),
    download: async (path) => (await send(path, { responseType: 'arrayBuffer' })).byteLength,
    upload: (path, makeStream) => send(path, { method: 'POST', body: Readable.toWeb(makeStream()), duplex: 'half' }),
    close() {},
  };
}
