/** Tokens from an OAuth 2.0 token service: requested once, shared by all calls, renewed before they expire. */
import assert from 'node:assert/strict';
import { HTTPClient, isTokenError, tokenService, verifyToken } from '@hdms/http-client';
import jwt from 'jsonwebtoken';
import { example } from './support/example';
import { startService } from './support/service';

// The key of the issuer. A key pair is better, because then no service can sign as the issuer.
const KEY = 'what only the issuer and its services know';

example(async () => {
  const tokens = await startService(({ headers }) => {
    const [id, secret] = Buffer.from(headers.authorization?.slice('Basic '.length) ?? '', 'base64')
      .toString()
      .split(':');
    if (secret !== 'its-secret') return { status: 401, json: { error: 'invalid_client' } };
    const claims = { iss: 'token-service', sub: id, aud: 'user-service' };
    return { json: { access_token: jwt.sign(claims, KEY, { expiresIn: 300 }), token_type: 'Bearer', expires_in: 300 } };
  });
  const verify = verifyToken({ secret: KEY, issuer: 'token-service', audience: 'user-service', algorithms: ['HS256'] });
  const api = await startService(async ({ headers }) => ({
    json: await verify(headers.authorization?.slice('Bearer '.length)),
  }));

  // Or set TOKEN_SERVICE_URL, TOKEN_SERVICE_CLIENT_ID and TOKEN_SERVICE_CLIENT_SECRET, and pass nothing.
  const url = `${tokens.url}/oauth/token`;
  const client = new HTTPClient({ token: tokenService({ url, clientId: 'billing', clientSecret: 'its-secret' }) });

  const answers = await Promise.all([1, 2, 3].map(async () => client.getJson<{ sub: string }>(api.url)));
  console.log(`${answers.length} calls as ${answers[0]?.sub ?? '?'}, token requests: ${tokens.requests.length}`);
  assert.equal(answers[0]?.sub, 'billing');
  assert.equal(tokens.requests.length, 1);

  // If no token is available, nothing is sent.
  const intruder = new HTTPClient({ token: tokenService({ url, clientId: 'billing', clientSecret: 'a-guess' }) });
  await assert.rejects(intruder.get(api.url), (error) => {
    console.log(String(error));
    return isTokenError(error) && error.sent === 'no';
  });
  assert.equal(api.requests.length, 3);

  client.close();
  intruder.close();
});
