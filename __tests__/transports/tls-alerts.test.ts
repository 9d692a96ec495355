import https from 'node:https';
import { Agent } from 'undici';
import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { alertBefore } from '../../src/transports/tls-alerts';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { rawService, type RawService } from '../support/raw-service';

const certificate = certificateFor('localhost');

async function demandingService(version: 'TLSv1.2' | 'TLSv1.3'): Promise<RawService> {
  const { key, cert } = await certificate;
  const versions = { minVersion: version, maxVersion: version };
  return await rawService(() => undefined, { key, cert, ca: cert, requestCert: true, ...versions });
}

type Way = (ca: string) => HTTPClientOptions & RequestOptions;

const ways: [string, Way][] = [
  ['http', (ca) => ({ httpsAgent: new https.Agent({ ca }) })],
  ["axios's adapter", (ca) => ({ httpsAgent: new https.Agent({ ca }), onDownloadProgress: () => undefined })],
  ["axios's adapter with HTTP/2", (ca) => ({ httpVersion: 2, http2Options: { ca, sessionTimeout: 1 } })],
  ['undici', (ca) => ({ transport: undici({ dispatcher: new Agent({ connect: { ca } }) }) })],
  [
    'undici with HTTP/2',
    (ca) => ({ transport: undici({ dispatcher: new Agent({ allowH2: true, connect: { ca } }) }) }),
  ],
];

describe.each(ways)('over %s, a server that requires a client certificate', (_, way) => {
  test.each([
    ['TLSv1.3', 'get', {}, /: the server requires a client certificate: pass `httpsAgent: new https.Agent\(/],
    ['TLSv1.3', 'get', { responseType: 'stream' }, /: the server requires a client certificate/],
    ['TLSv1.3', 'put', { json: { id: 1 } }, /: the server requires a client certificate/],
    ['TLSv1.2', 'get', {}, /: the server refused the handshake: .* requires a client certificate/],
  ] as const)('with %s, a %s with %j: is told, and not asked again', async (version, method, options, message) => {
    const { port, requests } = await demandingService(version);
    const client = new HTTPClient({ token: null, retry: { base: 0.001 }, ...way((await certificate).cert) });

    const error = await failure(client[method](`https://localhost:${port}`, options));

    expect(error).toMatchObject({ code: 'TLS_FAILED', retryable: false, attempts: [{ outcome: 'TLS_FAILED' }] });
    expect(error.message).toMatch(message);
    expect(error.cause).toHaveProperty('code', expect.stringMatching(/^(ERR_SSL_|EPROTO$)/));
    expect(requests).toEqual([]);
  });
});

test('what no error of TLS came before stays as it is', () => {
  for (const error of [
    new Error('other'),
    Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }),
    Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET', socket: { localPort: 1, remotePort: 2 } }),
  ]) {
    expect(alertBefore(error)).toBe(error);
  }
});

test('connections that break in another way are what they were', async () => {
  const { key, cert } = await certificate;
  const { port } = await rawService((socket) => socket.destroy(), { key, cert });
  const transport = undici({ dispatcher: new Agent({ connect: { ca: cert } }) });
  const client = new HTTPClient({ token: null, retry: { base: 0.001 }, transport });

  const error = await failure(client.get(`https://localhost:${port}`));

  expect(error).toMatchObject({ code: 'CONNECTION_CLOSED', attempts: { length: 4 } });
});
