/** A client without a secret: it signs its identity with a private key, and discovers its issuer by URL. */
import assert from 'node:assert/strict';
import { HTTPClient, tokenService, verifyToken } from '@hdms/http-client';
import { example } from './support/example';
import { keyPair } from './support/key-pair';
import { startService, type Service } from './support/service';

const { privateKey, publicKey } = keyPair();

/** Acts as the issuer, which knows the client's public key. */
async function startIssuer(): Promise<Service> {
  const issuer = await startService(async ({ url, body }) => {
    if (url === '/.well-known/openid-configuration') {
      return { json: { issuer: issuer.url, token_endpoint: `${issuer.url}/token` } };
    }
    const verify = verifyToken({ publicKey, issuer: 'billing', audience: issuer.url, algorithms: ['ES256'] });
    const { sub } = await verify(new URLSearchParams(body.toString()).get('client_assertion') ?? undefined);
    return { json: { access_token: `token-of-${sub ?? 'nobody'}`, token_type: 'Bearer', expires_in: 300 } };
  });
  return issuer;
}

example(async () => {
  const issuer = await startIssuer();
  const api = await startService(({ headers }) => ({ json: { seen: headers.authorization } }));

  const client = new HTTPClient({
    token: tokenService({
      issuer: issuer.url,
      clientId: 'billing',
      // PEM, from a file that only this service can read; or a KeyObject, as here.
      privateKey,
      keyId: 'billing-2026',
      scope: 'users:read',
    }),
  });

  const { seen } = await client.getJson<{ seen: string }>(api.url);
  console.log(`the service saw: ${seen}`);
  assert.equal(seen, 'Bearer token-of-billing');

  const form = new URLSearchParams(issuer.requests.at(-1)?.body.toString());
  console.log(`the issuer saw: ${[...form.keys()].join(', ')}`);
  assert.equal(form.has('client_secret'), false);

  client.close();
});
