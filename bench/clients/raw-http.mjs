// node:http with a keep-alive agent and nothing else.
import http from 'node:http';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5 } = {}) {
  const agent = new http.Agent({ keepAlive: true });
  const { hostname, port } = new URL(baseURL);

  const send = (method, path, headers, write) =>
    new Promise((resolve, reject) => {
      const options = { agent, hostname, port, path, method, timeout: timeout * 1000 };
      const request = http.request(
        { ...options, headers: { Authorization: AUTHORIZATION, ...headers } },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            if (response.statusCode === 200) resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
            else reject(new Error(`status ${response.statusCode}`));
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
      write(request);
    });
  const end = (request) => request.end();

  return {
    getJSON: async (path) => JSON.parse(await send('GET', path, {}, end)),
    async postJSON(path, body) {
      const json = JSON.stringify(body);
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) };
      return JSON.parse(await send('POST', path, headers, (request) => request.end(json)));
    },
    download: async (path) => (await send('GET', path, {}, end)).length,
    async upload(path, makeStream, size) {
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': size };
      return JSON.parse(await send('POST', path, headers, (request) => makeStream().pipe(request)));
    },
    close: () => agent.destroy(),
  };
}
