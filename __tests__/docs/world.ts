import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';
import { specialResponse } from './special-responses';
import { keyPair } from '../support/key-pair';

/** The services that the pages call, all of them on loopback, and the files that they read. */
export interface World {
  /** For `run-block.mjs`. */
  readonly env: Readonly<Record<string, string>>;
  /** Method, host and path of each request. */
  readonly requests: string[];
  close(): void;
}

const RECORD = { id: '123', name: 'Ada Lovelace', email: 'ada@example.com', created: '2026-01-31T12:00:00Z' };
const TOKEN = { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 };

/** What the services send, by path: the first that matches. */
const RESPONSES: readonly (readonly [RegExp, (origin: string) => unknown])[] = [
  [/\/token$/, () => TOKEN],
  [/\/\.well-known\//, (origin) => ({ issuer: origin, token_endpoint: `${origin}/token`, jwks_uri: `${origin}/jwks` })],
  [/\/jwks$/, () => ({ keys: [] })],
  [/\/name$/, () => RECORD.name],
  [/\/(users|tickets|orders|recommendations)\/?$/, () => [RECORD]],
  [/./, () => RECORD],
];

/** Files that pages read, as they are called there. */
const FILES = [
  '/etc/ssl/hdms-ca.pem',
  '/etc/ssl/ticket-service.crt',
  '/etc/ssl/ticket-service.key',
  '/run/secrets/partner-token',
  '/var/run/secrets/ticket-service.pem',
  '/var/run/secrets/token',
  '/var/run/secrets/tokens/user-service',
];

/**
 * @param hosts that are called over https
 * @param folder in which the files are put
 * @param redisPort of a Redis server, if there is one
 */
export async function startWorld(hosts: readonly string[], folder: string, redisPort = 0): Promise<World> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'a test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  const privateKey = keyPair('ec', { namedCurve: 'P-256' }).privateKey;
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const contents = [
    ['-ca.pem', cert],
    ['.crt', cert],
    ['.key', key],
    ['.pem', pem],
  ] as const;
  for (const file of FILES) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents.find(([ending]) => file.endsWith(ending))?.[1] ?? 'a-token');
  }
  writeFileSync(join(folder, 'report.pdf'), 'a report');
  const requests: string[] = [];
  const plain = http.createServer(respond('http', requests));
  const secure = https.createServer({ key, cert }, respond('https', requests));
  const env = {
    WORLD_FOLDER: folder,
    WORLD_HTTP: String(await listen(plain)),
    WORLD_HTTPS: String(await listen(secure)),
    WORLD_REDIS: String(redisPort),
    NODE_EXTRA_CA_CERTS: join(folder, '/etc/ssl/hdms-ca.pem'),
    PRIVATE_KEY: pem,
    CLIENT_SECRET: 'a-secret',
    MY_TOKEN: 'a-token',
    TOKEN_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  const close = (): void => {
    for (const server of [plain, secure]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { env, requests, close };
}

function respond(scheme: string, requests: string[]): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { method = '', headers, url = '' } = request;
    const { host = '' } = headers;
    requests.push(`${method} ${host}${url}`);
    const [path = ''] = url.split('?');
    const special = specialResponse(request, response);
    const [, body] = RESPONSES.find(([pattern]) => pattern.test(path)) ?? [];
    request.resume().once('end', () => {
      if (response.headersSent) return;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(special ?? body?.(`${scheme}://${host}`)));
    });
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}
