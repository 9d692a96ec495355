import http from 'node:http';
import superagent from 'superagent';
import { AUTHORIZATION } from '../payload.mjs';

export function create(baseURL, { timeout = 5 } = {}) {
  const httpAgent = new http.Agent({ keepAlive: true });
  const start = (method, path) =>
    superagent(method, baseURL + path)
      .agent(httpAgent)
      .timeout(timeout * 1000)
      .set('Authorization', AUTHORIZATION);
  return {
    getJSON: async (path) => (await start('GET', path).retry(3)).body,
    postJSON: async (path, body) => (await start('POST', path).retry(3).send(body)).body,
    download: async (path) => (await start('GET', path).retry(3).responseType('arraybuffer')).body.length,
    upload: (path, makeStream, size) =>
      new Promise((resolve, reject) => {
        const request = start('POST', path).set('Content-Length', size).type('application/octet-stream').buffer(true);
        request.on('error', reject);
        request.on('response', (response) => resolve(response.body));
        makeStream().pipe(request);
      }),
    close: () => httpAgent.destroy(),
  };
}
