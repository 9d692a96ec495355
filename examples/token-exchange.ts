/** On behalf of a user: the token of the inbound request is exchanged for one that is good for the next service alone. */
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { HTTPClient, onBehalfOf } from '@hdms/http-client';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { example } from './support/example';
import { startService } from './support/service';

const KEY = 'the signing key of the issuer, of thirty-two bytes';

/** The token of the request that is being served. */
const inbound = new AsyncLocalStorage<string>();

example(async () => {
  const issuer = await startService(({ body }) => {
    const form = new URLSearchParams(body);
    const { sub } = jwt.verify(form.get('subject_token') ?? '', KEY) as JwtPayload;
    const claims = { sub, aud: form.get('audience'), act: { sub: 'tickets' } };
    return { json: { access_token: jwt.sign(claims, KEY, { expiresIn: 300 }), token_type: 'Bearer', expires_in: 300 } };
  });
  const users = await startService(({ headers }) => ({
    json: jwt.verify(headers.authorization?.slice('Bearer '.length) ?? '', KEY, { audience: 'users' }),
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

  // Two users, each with two calls.
  for (const [name, count] of [
    ['alice', 1],
    ['bob', 2],
  ] as const) {
    const token = jwt.sign({ sub: name, aud: 'tickets' }, KEY, { expiresIn: 300 });
    await inbound.run(token, async () => {
      for (const path of ['/me', '/teams']) {
        const { sub, act } = await client.getJson<{ sub: string; act: { sub: string } }>(path);
        console.log(`${path} was asked for ${sub}, by ${act.sub}`);
        assert.deepEqual([sub, act.sub], [name, 'tickets']);
      }
    });
    assert.equal(issuer.seen.length, count);
  }
  console.log(`4 calls, ${issuer.seen.length} exchanges`);

  client.close();
});
