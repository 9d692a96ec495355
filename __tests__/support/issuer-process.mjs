// The real oidc-provider, in a process of its own: it is an ES module, and Jest does not load those. issuer.ts starts it
// and talks to it over IPC.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { decodeJwt, importJWK, jwtVerify, createLocalJWKSet, SignJWT } from 'jose';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const SIGN = { sign: { alg: 'ES256' } };

// It asks for Node 22 at least, and of that for this alone.
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);
// What it says about Node 20 and about an issuer that is not meant for production.
console.warn = console.info = () => undefined;
const { Provider, errors } = await import('oidc-provider');

const options = JSON.parse(process.argv[2]);
const settings = { lifetime: options.lifetime, delay: 0, failures: [] };
const requests = [];
const issued = new Map();
const keys = [];
let provider, handle;

const server = http.createServer((request, response) => {
  void answer(request, response).catch(() => response.destroy());
});
const sockets = new Set();
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

async function answer(request, response) {
  const isToken = request.method === 'POST' && request.url === '/token';
  const entry = { path: request.url, method: request.method, at: Date.now(), form: {} };
  requests.push(entry);
  response.once('finish', () => (entry.status = response.statusCode));
  if (isToken && settings.delay > 0) await sleep(settings.delay * 1000);
  const failure = isToken ? settings.failures.shift() : undefined;
  if (failure) {
    request.resume();
    response.writeHead(failure.status, { 'Content-Type': 'application/json', ...failure.headers });
    response.end(JSON.stringify({ error: failure.error }));
    return;
  }
  request.entry = entry;
  handle(request, response);
}

function newKey() {
  // Through PEM, as in key-pair.ts.
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { ...createPrivateKey(privateKey).export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'ES256' };
}

/** Keys are part of what a provider is made with, so new ones make a new one; all share the memory of the old. */
function makeProvider() {
  provider = new Provider(origin(), {
    // A scope that it knows and that a client may not have is refused; one that it does not know is left out.
    clients: options.clients.map((client) => ({ ...client, scope: options.scopes.join(' ') })),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [...keys] },
    scopes: ['openid', 'admin', ...options.scopes],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    ttl: { ClientCredentials: () => settings.lifetime, AccessToken: () => settings.lifetime },
    extraTokenClaims: ({ oidc }) =>
      oidc?.params?.grant_type === EXCHANGE ? { act: { sub: oidc.client.clientId } } : undefined,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // RFC 8707 says `resource`; others say `audience` and mean the same.
        defaultResource: ({ oidc }) => oidc.body?.audience ?? options.resource,
        getResourceServerInfo: (_, resource) => {
          if (resource.startsWith('urn:unknown:')) throw new errors.InvalidTarget();
          const accessTokenFormat = options.format;
          return { scope: options.scopes.join(' '), audience: resource, accessTokenFormat, jwt: SIGN };
        },
      },
    },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  });
  const parameters = ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type'];
  const rest = ['requested_token_type', 'resource', 'audience', 'scope'];
  provider.registerGrantType(EXCHANGE, exchange, [...parameters, ...rest], ['resource', 'audience']);
  provider.use(observe);
  handle = provider.callback();
}

/** Writes down what was asked and what was issued. */
async function observe(context, next) {
  await next();
  const { entry } = context.req;
  if (context.path !== '/token') return;
  entry.form = { ...context.oidc?.body };
  entry.client = context.oidc?.client?.clientId;
  const { access_token: token, expires_in: life } = context.body ?? {};
  if (token) issued.set(token, Date.now() + life * 1000);
}

/** RFC 8693: a token of ours in, one for the same subject and another audience out. */
async function exchange(context) {
  const { params, client } = context.oidc;
  if (params.subject_token_type !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('subject_token_type is not supported');
  let subject;
  try {
    const { payload } = await jwtVerify(params.subject_token ?? '', publicKeys(), { issuer: origin() });
    if (issued.get(params.subject_token) === 0) throw new Error('revoked');
    subject = payload.sub;
  } catch {
    throw new errors.InvalidRequest('subject_token is not valid');
  }
  const resource = [params.resource ?? params.audience ?? options.resource].flat()[0];
  const info = { scope: options.scopes.join(' '), audience: resource, accessTokenFormat: options.format };
  const wanted = params.scope?.split(' ').filter((scope) => options.scopes.includes(scope));
  const token = new provider.AccessToken({
    client,
    accountId: subject,
    gty: 'token_exchange',
    grantId: randomUUID(),
    scope: wanted?.join(' ') || undefined,
    resourceServer: new provider.ResourceServer(resource, { ...info, jwt: SIGN }),
  });
  context.oidc.entity('AccessToken', token);
  const value = await token.save();
  context.body = {
    access_token: value,
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: token.expiration,
    ...(token.scope && { scope: token.scope }),
  };
}

function publicKeys() {
  return createLocalJWKSet({ keys: keys.map(({ d: _, ...key }) => key) });
}

let port = 0;
const origin = () => `http://127.0.0.1:${port}`;

async function listen() {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  ({ port } = server.address());
}

const commands = {
  requests: () => requests,
  async start() {
    if (!server.listening) await listen();
  },
  async stop() {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  },
  set: (changes) => void Object.assign(settings, changes),
  fail: ({ times, ...failure }) => void settings.failures.push(...Array(times).fill(failure)),
  rotateKeys({ keepOld }) {
    if (!keepOld) keys.length = 0;
    keys.unshift(newKey());
    makeProvider();
    return keys[0].kid;
  },
  revokeAll() {
    for (const token of issued.keys()) issued.set(token, 0);
  },
  isActive: ({ token }) => (issued.get(token) ?? 0) > Date.now(),
  async tokenFor({ subject, audience, lifetime, claims }) {
    const token = await new SignJWT({ ...claims, client_id: 'web' })
      .setProtectedHeader({ alg: 'ES256', kid: keys[0].kid, typ: 'at+jwt' })
      .setIssuer(origin())
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt()
      .setJti(randomUUID())
      .setExpirationTime(Math.floor(Date.now() / 1000) + lifetime)
      .sign(await importJWK(keys[0], 'ES256'));
    issued.set(token, decodeJwt(token).exp * 1000);
    return token;
  },
};

process.on('message', ({ id, name, argument }) => {
  Promise.resolve()
    .then(() => commands[name](argument))
    .then(
      (result) => process.send({ id, result }),
      (error) => process.send({ id, error: String(error?.stack ?? error) }),
    );
});
process.on('disconnect', () => process.exit());

keys.push(newKey());
await listen();
makeProvider();
process.send({ url: origin(), port });
