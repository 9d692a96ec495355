/** Which token is sent: that of the call, of the client, of SERVICE_AUTH_TOKEN, or of AUTH_TOKEN, in this order. */
import assert from 'node:assert/strict';
import { HTTPClient, type RequestOptions } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const api = await startService(({ headers }) => ({ json: headers.authorization ?? 'none' }));

  const client = new HTTPClient();
  const ask = async (options?: RequestOptions): Promise<string> => {
    const sent = await client.getJson<string>(api.url, options);
    console.log(sent);
    return sent;
  };

  assert.equal(await ask(), 'none');

  // Read for each call, so a token that is replaced while the service runs is used.
  process.env['AUTH_TOKEN'] = 'from-AUTH_TOKEN';
  assert.equal(await ask(), 'Bearer from-AUTH_TOKEN');
  process.env['SERVICE_AUTH_TOKEN'] = 'from-SERVICE_AUTH_TOKEN';
  assert.equal(await ask(), 'Bearer from-SERVICE_AUTH_TOKEN');

  // A token of the call comes first, `null` sends none, and an Authorization header that you set is not changed.
  assert.equal(await ask({ token: 'of-the-call' }), 'Bearer of-the-call');
  assert.equal(await ask({ token: null }), 'none');
  assert.equal(await ask({ headers: { Authorization: 'ApiKey 42' } }), 'ApiKey 42');

  // A client may have its own token, or a function that is called for each attempt.
  let issued = 0;
  const rotating = new HTTPClient({ token: () => `number-${++issued}` });
  assert.equal(await rotating.getJson(api.url), 'Bearer number-1');
  assert.equal(await rotating.getJson(api.url), 'Bearer number-2');

  client.close();
  rotating.close();
});
