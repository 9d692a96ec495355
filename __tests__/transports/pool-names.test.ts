import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { HTTPClient } from '../../src/index';
import { rememberNames } from '../../src/transports/pool-names';
import { certificateFor } from '../support/certificates';
import { failure } from '../support/outcome';

const places = [
  {},
  { host: 'a' },
  { host: 'a', port: 80 },
  { host: 'a', port: '80' },
  { host: 'a', port: 81 },
  { host: 'b', port: 80 },
  { host: '::1', port: 80 },
  { host: 'a', port: 80, family: 4 },
  { host: 'a', port: 80, family: 6 },
  { host: 'a', port: 80, localAddress: '127.0.0.1' },
  { host: 'a', port: 80, socketPath: '/a.sock' },
];

// What tells connections apart in one version of Node or another.
const TLS = {
  ...{ ca: 'a', cert: 'a', clientCertEngine: 'a', ciphers: 'a', key: 'a', pfx: 'a', passphrase: 'a', servername: 'a' },
  ...{ rejectUnauthorized: false, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', secureProtocol: 'a', crl: 'a' },
  ...{ honorCipherOrder: true, ecdhCurve: 'a', dhparam: 'a', secureOptions: 1, sessionIdContext: 'a', sigalgs: 'a' },
  ...{ privateKeyIdentifier: 'a', privateKeyEngine: 'a', allowPartialTrustChain: true },
};
const withTLS = Object.entries(TLS).map(([name, value]) => ({ host: 'a', port: 80, [name]: value }));
const withObjects = [{ ca: ['a'] }, { ca: ['b'] }, { cert: Buffer.from('a') }].map((one) => ({ host: 'a', ...one }));

test.each([
  ['http', http.Agent],
  ['https', https.Agent],
])('an agent for %s has the names that Node gives', (_, Agent) => {
  const agent = rememberNames(new Agent({ keepAlive: true }));
  const plain = new Agent({ keepAlive: true });
  const all = [...places, ...withTLS, ...withObjects];

  // Each after each other one, so that none is told the name of another.
  for (const one of all) {
    for (const place of all.flatMap((other) => [one, other])) expect(agent.getName(place)).toBe(plain.getName(place));
  }
  expect(agent.getName()).toBe(plain.getName());
});

test('a list that is changed in place has another name', () => {
  const agent = rememberNames(new https.Agent());
  const ca = ['a'];

  const before = agent.getName({ host: 'a', ca });
  ca.push('b');

  expect(agent.getName({ host: 'a', ca })).not.toBe(before);
});

test('a name is worked out once', () => {
  const agent = new http.Agent();
  const nameOf = jest.spyOn(agent, 'getName');
  rememberNames(agent);
  nameOf.mockClear();

  for (let visit = 0; visit < 10; visit++) agent.getName({ host: 'a', port: 80 });

  expect(nameOf).toHaveBeenCalledTimes(1);
});

test('a name is a key of V8, whose lookups it can compile', () => {
  setFlagsFromString('--allow-natives-syntax');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only the text of a function may hold V8's own syntax
  const isKey = new Function('name', 'return %IsInternalizedString(name)') as (name: string) => boolean;
  const agent = rememberNames(new http.Agent());
  const names = [1, 2].map(() => agent.getName({ host: 'a-service', port: 8000 }));

  expect(names.map(isKey)).toEqual([true, true]);
});

test('a service that calls ever new hosts does not keep all of them', () => {
  const agent = new http.Agent();
  const nameOf = jest.spyOn(agent, 'getName');
  rememberNames(agent);
  nameOf.mockClear();

  for (let host = 0; host < 1001; host++) agent.getName({ host: `host-${host}` });
  agent.getName({ host: 'host-0' });

  expect(nameOf).toHaveBeenCalledTimes(1002);
});

test('a connection whose certificate was not verified serves no request that verifies it', async () => {
  const server = https.createServer(await certificateFor('localhost'), (_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const client = new HTTPClient({ retryAttempts: 0 });
  const send = https.request;
  const replaced = jest.spyOn(https, 'request');

  replaced.mockImplementationOnce(((options: object) => send({ ...options, rejectUnauthorized: false })) as never);
  expect(await client.get(url)).toMatchObject({ status: 200 });
  expect(await failure(client.get(url))).toMatchObject({ code: 'CERTIFICATE_INVALID' });

  replaced.mockRestore();
  client.close();
  server.close();
  server.closeAllConnections();
});
