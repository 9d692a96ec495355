/** Tokens are revoked while calls are in progress: all calls share one new token, and none fails. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { HTTPClient, tokenService, verifyToken, type HTTPResponse } from '@hdms/http-client';
import jwt from 'jsonwebtoken';
import { example } from './support/example';
import { startService } from './support/service';

const KEY = 'what only the issuer and its services know';
const CALLS = 20;

/** The outcome of each attempt of a call. */
function journalOf({ config }: HTTPResponse): string[] {
  const attempts = config.call?.attempts ?? [];
  return attempts.map(({ outcome = '', decision = '', reason }) =>
    [`${outcome} ${decision}`, reason].filter((part) => part !== undefined).join(': '),
  );
}

example(async () => {
  const issued: string[] = [];
  const tokens = await startService(() => {
    const claims = { iss: 'token-service', sub: 'tickets', aud: 'user-service', jti: randomUUID() };
    issued.push(claims.jti);
    return { json: { access_token: jwt.sign(claims, KEY, { expiresIn: 300 }), token_type: 'Bearer', expires_in: 300 } };
  });

  const verify = verifyToken({ secret: KEY, issuer: 'token-service', audience: 'user-service', algorithms: ['HS256'] });
  const revoked = new Set<unknown>();
  const users = await startService(async ({ headers }) => {
    // All tokens are revoked while the calls arrive.
    if (users.requests.length === 5) for (const id of issued) revoked.add(id);
    const { jti } = await verify(headers.authorization?.slice('Bearer '.length));
    if (!revoked.has(jti)) return { status: 201 };
    return { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } };
  });

  const client = new HTTPClient({
    baseURL: users.url,
    // Even so, a call is sent again after a 401, which does not count as a retry.
    retryAttempts: 0,
    token: tokenService({ url: `${tokens.url}/oauth/token`, clientId: 'tickets', clientSecret: 'its-secret' }),
  });
  const ids = Array.from({ length: CALLS }, (_, index) => index);
  const responses = await Promise.all(ids.map(async (id) => client.post('/users', { json: { id } })));

  const journals = responses.map(journalOf);
  const refused = journals.filter(({ length }) => length > 1);
  console.log(`${CALLS} calls, ${refused.length} of them refused, token requests: ${tokens.requests.length}`);
  for (const line of refused.at(-1) ?? []) console.log(`  ${line}`);
  assert.ok(responses.every(({ status, retries }) => status === 201 && retries === 0));
  assert.equal(tokens.requests.length, 2);
  assert.ok(refused.length > 0);
  for (const journal of refused) assert.deepEqual(journal, ['401 replay: TOKEN_REFUSED', '201 done']);

  client.close();
});
