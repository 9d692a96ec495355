import http from 'node:http';
import fetch from 'node-fetch';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5 } = {}) {
  const agent = new http.Agent({ keepAlive: true });

  const send = async (path, options) => {
    const signal = AbortSignal.timeout(timeout * 1000);
    const headers = { Authorization: AUTHORIZATION, ...options?.headers };
    const response = await fetch(baseURL + path, { ...options, agent, signal, headers });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response;
  };

  return {
    getJSON: async (path) => (await send(path)).json(),
    async postJSON(path, body) {
      const headers = { 'Content-Type': 'application/json' };
      return (await send(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    },
    download: async (path) => (await (await send(path)).arrayBuffer()).byteLength,
    async upload(path, makeStream, size) {
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) };
      return (await send(path, { method: 'POST', headers, body: makeStream() })).json();
    },
    close: () => agent.destroy(),
  };
}
