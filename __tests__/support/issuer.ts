import { fork, type ChildProcess } from 'node:child_process';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { keyPair } from './key-pair';

/** Durations are in seconds. */
export interface IssuerOptions {
  /** How long its tokens live. @default 300 */
  readonly lifetime?: number;
  /** Scopes that may be had; `admin` is refused, and others are left out. */
  readonly scopes?: readonly string[];
  /** Audience of a token for which none is asked. @default 'urn:hdms:api' */
  readonly resource?: string;
  /** @default 'jwt' */
  readonly format?: 'jwt' | 'opaque';
}

/** A request as it came in, on any path. */
export interface IssuerRequest {
  readonly method: string;
  readonly path: string;
  /** Milliseconds since the epoch, on the issuer's clock. */
  readonly at: number;
  /** Undefined while it is not answered. */
  readonly status?: number;
  /** Of a token request that was understood, the client that it came from. */
  readonly client?: string;
  /** Of a token request, what the form said. */
  readonly form: Readonly<Record<string, string>>;
}

export interface Issuer {
  /** The issuer identifier, which is an origin; discovery begins here, at both well-known paths. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly jwksUrl: string;
  /** Every request so far, oldest first. */
  requests(): Promise<readonly IssuerRequest[]>;
  /** How many token requests came in, answered or not. */
  tokenRequests(): Promise<number>;
  /** Stops to listen, and breaks the connections; keys and tokens stay. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
  /** Seconds until the token endpoint answers, and how long the tokens live that it issues from now on. */
  set(changes: { readonly delay?: number; readonly lifetime?: number }): Promise<void>;
  /** The next token requests fail. @param times default 1 */
  fail(failure: {
    readonly status: number;
    readonly error?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly times?: number;
  }): Promise<void>;
  /** Signs with a new key. The old ones leave the JWKS, unless they are kept. @returns the `kid` of the new one */
  rotateKeys(options?: { readonly keepOld?: boolean }): Promise<string>;
  /** Every token issued so far is not active any more. */
  revokeAll(): Promise<void>;
  /** Whether a token is one that the issuer made, has not ended and was not revoked: what introspection tells. */
  isActive(token: string): Promise<boolean>;
  /** An access token of a user, as an inbound request brings it. */
  tokenFor(
    subject: string,
    options?: { readonly audience?: string; readonly lifetime?: number; readonly claims?: object },
  ): Promise<string>;
  close(): Promise<void>;
}

const rsa = keyPair('rsa', { modulusLength: 2048 });
const ec = keyPair('ec', { namedCurve: 'P-256' });
const GRANTS = ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'];

/** The clients that every issuer knows, with all that they need to say who they are. */
export const CLIENTS = {
  /** client_secret_basic; id and secret need the encoding of RFC 6749, section 2.3.1. */
  basic: { clientId: 'ticket service:1', clientSecret: 's3cr3t/+ &=:%25' },
  /** client_secret_basic. */
  other: { clientId: 'billing-service', clientSecret: 'its-own-secret' },
  /** client_secret_post. */
  post: { clientId: 'post-service', clientSecret: 'p0st/+ &=:%' },
  /** private_key_jwt, RS256. */
  rsa: { clientId: 'rsa-service', keyId: 'rsa-1', privateKey: pem(rsa.privateKey), algorithm: 'RS256' },
  /** private_key_jwt, ES256. */
  ec: { clientId: 'ec-service', keyId: 'ec-1', privateKey: pem(ec.privateKey), algorithm: 'ES256' },
} as const;

const METADATA = [
  { ...secretOf(CLIENTS.basic), token_endpoint_auth_method: 'client_secret_basic' },
  { ...secretOf(CLIENTS.other), token_endpoint_auth_method: 'client_secret_basic' },
  { ...secretOf(CLIENTS.post), token_endpoint_auth_method: 'client_secret_post' },
  keyOf(CLIENTS.rsa, rsa.publicKey.export({ format: 'jwk' })),
  keyOf(CLIENTS.ec, ec.publicKey.export({ format: 'jwk' })),
].map((client) => ({ ...client, grant_types: GRANTS, redirect_uris: [], response_types: [] }));

const running = new Set<Issuer>();

afterAll(async () => {
  for (const one of running) await one.close();
});

/**
 * The real oidc-provider in a process of its own on a free loopback port, stopped after the tests of the file. It grants
 * client credentials and token exchange (RFC 8693), issues JWTs (ES256) for the `resource` (RFC 8707) or `audience` that is
 * asked for, which has to be a URI, and refuses those that begin with `urn:unknown:`.
 */
export async function issuer({
  lifetime = 300,
  scopes = ['users:read', 'users:write', 'tickets:read'],
  resource = 'urn:hdms:api',
  format = 'jwt',
}: IssuerOptions = {}): Promise<Issuer> {
  const settings = JSON.stringify({ lifetime, scopes, resource, format, clients: METADATA });
  const child = fork(join(__dirname, 'issuer-process.mjs'), [settings], { execArgv: [] });
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => {
      reject(new Error(`the issuer ended with code ${code ?? 'none'} before it was ready`));
    });
  });
  const ask = commander(child);
  const self: Issuer = {
    url,
    tokenUrl: `${url}/token`,
    jwksUrl: `${url}/jwks`,
    requests: async () => ask('requests') as Promise<IssuerRequest[]>,
    tokenRequests: async () => {
      const all = await self.requests();
      return all.filter(({ method, path }) => method === 'POST' && path === '/token').length;
    },
    stop: async () => ask('stop') as Promise<void>,
    start: async () => ask('start') as Promise<void>,
    set: async (changes) => ask('set', changes) as Promise<void>,
    fail: async (failure) => ask('fail', { times: 1, ...failure }) as Promise<void>,
    rotateKeys: async ({ keepOld = false } = {}) => ask('rotateKeys', { keepOld }) as Promise<string>,
    revokeAll: async () => ask('revokeAll') as Promise<void>,
    isActive: async (token) => ask('isActive', { token }) as Promise<boolean>,
    tokenFor: async (subject, { audience = resource, lifetime: life = lifetime, claims = {} } = {}) =>
      ask('tokenFor', { subject, audience, lifetime: life, claims }) as Promise<string>,
    close: async () => {
      running.delete(self);
      const exit = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exit;
    },
  };
  running.add(self);
  return self;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Sends commands to the process, and settles each with its reply. */
function commander(child: ChildProcess): (name: string, argument?: object) => Promise<unknown> {
  const waiting = new Map<number, (reply: Reply) => void>();
  let count = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.once('exit', () => {
    for (const [id, settle] of waiting) settle({ id, error: 'the issuer has ended' });
  });
  return async (name, argument) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(error));
      });
      child.send({ id, name, argument });
    });
}

function secretOf({ clientId, clientSecret }: { clientId: string; clientSecret: string }): object {
  return { client_id: clientId, client_secret: clientSecret };
}

function keyOf(client: { clientId: string; keyId: string; algorithm: string }, key: JsonWebKey): object {
  return {
    client_id: client.clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: client.algorithm,
    jwks: { keys: [{ ...key, kid: client.keyId, alg: client.algorithm, use: 'sig' }] },
  };
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
