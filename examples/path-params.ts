/** Path parameters: each value is encoded as one segment of the path, and the template is the label of the call. */
import assert from 'node:assert/strict';
import { HTTPClient, observe } from '@hdms/http-client';
import { example } from './support/example';
import { startService } from './support/service';

example(async () => {
  const files = await startService([{ json: { size: 7 } }]);
  const client = new HTTPClient({ baseURL: `${files.url}/api/v1` });
  const stop = observe({
    callEnd({ call }) {
      console.log(`${call.method} ${call.template ?? 'without a template'}`);
      assert.equal(call.template, '/api/v1/folders/{folder}/files/{name}');
    },
  });

  const pathParams = { folder: 42, name: 'Größe 1/2.txt' };
  await client.getJson('/folders/{folder}/files/{name}', { pathParams, params: { fields: 'size' } });
  console.log(files.requests[0]?.url);
  assert.equal(files.requests[0]?.url, '/api/v1/folders/42/files/Gr%C3%B6%C3%9Fe%201%2F2.txt?fields=size');

  // A value that would lead to another path is refused, and so is a name that is missing.
  const name = '..';
  await assert.rejects(client.get('/files/{name}', { pathParams: { name } }), TypeError);
  await assert.rejects(client.get('/files/{name}', { pathParams: {} }), /must have a value for \{name\}/);
  assert.equal(files.requests.length, 1);

  stop();
  client.close();
});
