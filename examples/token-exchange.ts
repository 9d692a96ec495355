/** On behalf of a user: the token of the inbound request is exchanged for one that only the next service accepts. */
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { HTTPClient, onBehalfOf, verifyToken } from '@hdms/http-client';
import jwt from 'jsonwebtoken';
import { example } from './support/example';
import { startService } from './support/service';

// A key pair is better, because then no service can sign as the issuer.
const KEY = 'what only the issuer and its services know';
const SIGNED = { secret: KEY, issuer: 'token-service', algorithms: ['HS256'] } as const;

/** The token of the request that is being served. */
const inbound = new AsyncLocalStorage<string>();

example(async () => {
  const verifyInbound = verifyToken({ ...SIGNED, audience: 'tickets' });
  const issuer = await startService(async ({ body }) => {
    const form = new URLSearchParams(body.toString());
    const { iss, sub } = await verifyInbound(form.get('subject_token') ?? undefined);
    const claims = { iss, sub, aud: form.get('audience'), act: { sub: 'tickets' } };
    return { json: { access_token: jwt.sign(claims, KEY, { expiresIn: 300 }), token_type: 'Bearer', expires_in: 300 } };
  });
  const verify = verifyToken({ ...SIGNED, audience: 'users' });
  const users = await startService(async ({ headers }) => ({
    json: await verify(headers.authorization?.slice('Bearer '.length)),
  }));

  const client = new HTTPClient({
    baseURL: users.url,
    token: onBehalfOf({
      url: `${issuer.url}/token`,
      clientId: 'tickets',
      clientSecret: 'its-secret',
      audience: 'users',
      subjectToken: () => inbound.getStore(),
    }),
  });

  // Two users with two calls each.
  for (const [name, count] of [
    ['alice', 1],
    ['bob', 2],
  ] as const) {
    const token = jwt.sign({ iss: 'token-service', sub: name, aud: 'tickets' }, KEY, { expiresIn: 300 });
    await inbound.run(token, async () => {
      for (const path of ['/me', '/teams']) {
        const { sub, act } = await client.getJson<{ sub: string; act: { sub: string } }>(path);
        console.log(`${path} was asked for ${sub}, by ${act.sub}`);
        assert.deepEqual([sub, act.sub], [name, 'tickets']);
      }
    });
    assert.equal(issuer.requests.length, count);
  }
  console.log(`4 calls, ${issuer.requests.length} exchanges`);

  client.close();
});
