import http2, { type Http2SecureServer, type Http2ServerRequest } from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Agent } from 'undici';
import { HTTPClient, type HTTPClientOptions, type RequestOptions } from '../../src/index';
import { undottedName } from '../../src/transports/server-name';
import { undici } from '../../src/transports/undici';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';
import { rawService } from '../support/raw-service';

test.each([
  ['https://users.', {}, { servername: 'users' }],
  ['https://users.:8443/', {}, { servername: 'users' }],
  ['https://users.internal./', { Host: 'other.:1' }, { servername: 'other' }],
  ['https://users./', { host: 'other' }, {}],
  ['https://users/', {}, {}],
  ['https://127.0.0.1./', {}, {}],
  ['https://[::1]:8443/', {}, {}],
])('the name for %s with the headers %j is %j', (url, headers, expected) => {
  expect(undottedName({ url: new URL(url), headers })).toEqual(expected);
});

/** Both forms that Node's `lookup` has. */
const lookup = (_: string, { all }: { all?: boolean }, done: (...found: unknown[]) => void): void => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

let server: Http2SecureServer;
const sockets = new Set<Socket>();
let ca = '';

beforeAll(async () => {
  const { key, cert } = await certificateFor('localhost');
  ca = cert;
  server = http2.createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    response.end(JSON.stringify({ name: nameIn(request), host: request.headers.host ?? request.authority }));
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

function nameIn({ httpVersion, stream, socket }: Http2ServerRequest): unknown {
  const { servername } = (httpVersion === '2.0' ? stream.session?.socket : socket) as TLSSocket & {
    readonly servername: unknown;
  };
  return servername;
}

const agentOf = (): https.Agent => new https.Agent({ ca, lookup: lookup as never });
const dispatcherOf = (allowH2: boolean): Agent => new Agent({ allowH2, connect: { ca, lookup: lookup as never } });

const ways: [string, () => HTTPClientOptions & RequestOptions, string][] = [
  ['http', () => ({ httpsAgent: agentOf() }), 'localhost.'],
  ["axios's adapter", () => ({ httpsAgent: agentOf(), onDownloadProgress: () => undefined }), 'localhost.'],
  // Node takes the authority from the server name.
  ['axios with HTTP/2', () => ({ httpVersion: 2, http2Options: { ca, lookup: lookup } }), 'localhost'],
  ['undici', () => ({ transport: undici({ dispatcher: dispatcherOf(false) }) }), 'localhost.'],
  ['undici with HTTP/2', () => ({ transport: undici({ dispatcher: dispatcherOf(true) }) }), 'localhost.'],
];

test("over undici's own connections, too", async () => {
  const names: string[] = [];
  const { key, cert } = await certificateFor('localhost');
  const SNICallback = (name: string, done: (error: null) => void): void => {
    names.push(name);
    done(null);
  };
  const { port } = await rawService(() => undefined, { key, cert, SNICallback });
  const client = new HTTPClient({ token: null, retryAttempts: 0, transport: undici() });

  const error = await failure(client.get(`https://localhost:${port}`, { headers: { Host: 'localhost.' } }));

  expect(error.code).toBe('CERTIFICATE_INVALID');
  expect(names).toEqual(['localhost']);
});

test.each(ways)('over %s, the server name has no dot at its end', async (_, optionsOf, host) => {
  const { port } = server.address() as AddressInfo;
  const client = new HTTPClient({ token: null, retryAttempts: 0, ...optionsOf() });

  const { data } = await client.get(`https://localhost.:${port}`);

  expect(JSON.parse(String(data))).toEqual({ name: 'localhost', host: `${host}:${port}` });
});
