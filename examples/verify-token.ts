/** An Express service that verifies the tokens of its callers with the key set of their issuer. */
import assert from 'node:assert/strict';
import express, { type RequestHandler } from 'express';
import { HTTPClient, InvalidToken, isHTTPError, signedJwt, verifyToken } from '@hdms/http-client';
import { example } from './support/example';
import { keyPair } from './support/key-pair';
import { listen } from './support/listen';
import { startService } from './support/service';

example(async () => {
  const { privateKey, publicKey } = keyPair();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
  const issuer = await startService([{ json: { keys: [jwk] } }]);

  // Fetched for the first token, cached, and fetched again when there is a new key.
  const verify = verifyToken({ jwks: `${issuer.url}/jwks`, issuer: 'ticket-service', audience: 'user-service' });

  /** 401 for a token that is not valid. Other failures (the key set cannot be fetched) are not the caller's fault. */
  const authenticate: RequestHandler = async (request, response, next) => {
    try {
      response.locals['claims'] = await verify(request.headers.authorization?.replace(/^Bearer /i, ''));
      next();
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      console.log(`401: ${error.message}`);
      const challenge = `Bearer error="invalid_token", error_description="${error.message}"`;
      response.status(401).set('WWW-Authenticate', challenge).json({ reason: error.reason });
    }
  };
  const app = express();
  app.get('/me', authenticate, (_, response) => {
    response.json(response.locals['claims']);
  });
  const users = await listen(app);

  const signed = { privateKey, keyId: 'key-1', issuer: 'ticket-service' };
  const client = new HTTPClient({ baseURL: users.url, token: signedJwt({ ...signed, audience: 'user-service' }) });
  const { sub } = await client.getJson<{ sub: string }>('/me');
  await client.get('/me');
  console.log(`${sub} is known, by ${issuer.requests.length} fetch of the keys`);
  assert.equal(issuer.requests.length, 1);

  const wrong = new HTTPClient({ baseURL: users.url, token: signedJwt({ ...signed, audience: 'admin-service' }) });
  await assert.rejects(wrong.get('/me'), (error) => isHTTPError(error) && error.status === 401);
  await assert.rejects(client.get('/me', { token: null }), (error) => isHTTPError(error) && error.status === 401);

  await users.close();
  client.close();
  wrong.close();
});
