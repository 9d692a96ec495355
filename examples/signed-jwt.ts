/** A service that signs its own short-lived tokens, one for each service that it calls. */
import assert from 'node:assert/strict';
import { HTTPClient, signedJwt, verifyToken } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

// Shared by both services. A key pair is better: a private key here, and its public key at the other service.
const SECRET = 'what both services know, and nobody else';

example(async () => {
  const verify = verifyToken({
    secret: SECRET,
    issuer: 'ticket-service',
    audience: 'user-service',
    algorithms: ['HS256'],
  });
  const users = await startService(async ({ headers }) => ({
    json: await verify(headers.authorization?.replace('Bearer ', '')),
  }));

  const client = new HTTPClient({
    baseURL: users.url,
    token: signedJwt({
      secret: SECRET,
      issuer: 'ticket-service',
      // The default is the origin of the URL. Better is the audience that the other service expects.
      audience: 'user-service',
      expiresIn: 60,
      claims: { scope: 'users:read' },
    }),
  });

  const claims = await client.getJson<{ iss: string; aud: string; scope: string }>('/users/1');
  console.log(`${claims.iss} calls ${claims.aud}, and may ${claims.scope}`);
  assert.equal(claims.iss, 'ticket-service');

  // The token is cached until shortly before it expires.
  await client.get('/users/2');
  assert.equal(users.requests[0]?.headers.authorization, users.requests[1]?.headers.authorization);
  console.log('the second call brought the same token');

  client.close();
});
