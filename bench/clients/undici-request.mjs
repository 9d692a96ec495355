// undici.request with its own agent and nothing else.
import { Agent, request } from 'undici';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5 } = {}) {
  const dispatcher = new Agent();
  const clocks = { headersTimeout: timeout * 1000, bodyTimeout: timeout * 1000 };

  const send = async (method, path, headers, body) => {
    const options = { ...clocks, dispatcher, method, body, headers: { Authorization: AUTHORIZATION, ...headers } };
    const response = await request(baseURL + path, options);
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    return response.body;
  };

  return {
    getJSON: async (path) => (await send('GET', path)).json(),
    async postJSON(path, body) {
      return (await send('POST', path, { 'Content-Type': 'application/json' }, JSON.stringify(body))).json();
    },
    download: async (path) => (await (await send('GET', path)).arrayBuffer()).byteLength,
    async upload(path, makeStream, size) {
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) };
      return (await send('POST', path, headers, makeStream())).json();
    },
    close: () => void dispatcher.destroy(),
  };
}
