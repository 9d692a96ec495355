import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const client = new HTTPClient({ retryAttempts: 0, timeout: 2 });

describe('what is parsed', () => {
  const json = '{"id":1}';

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/problem+json',
    'text/json',
    'Application/JSON',
  ])('%s is parsed', async (type) => {
    const api = await service([{ headers: { 'content-type': type }, body: json }]);

    expect((await client.get(api.url)).data).toEqual({ id: 1 });
  });

  test.each(['text/plain', 'text/html', 'application/jsonlines', 'application/json-seq', ''])(
    '%p stays text, also if it looks like JSON',
    async (type) => {
      const api = await service([{ headers: type === '' ? {} : { 'content-type': type }, body: json }]);

      expect((await client.get(api.url)).data).toBe(json);
    },
  );

  test('responseType json parses whatever comes, and text never does', async () => {
    const api = await service([{ headers: { 'content-type': 'text/plain' }, body: json }, { json: { id: 1 } }]);

    expect((await client.get(api.url, { responseType: 'json' })).data).toEqual({ id: 1 });
    expect((await client.get(api.url, { responseType: 'text' })).data).toBe(json);
  });

  test.each([null, '', undefined])('responseType %p of client.axios is none, as for axios', async (responseType) => {
    const api = await service([{ json: { id: 1 } }]);

    expect((await client.axios.get(api.url, { responseType: responseType as never })).data).toEqual({ id: 1 });
  });

  test('invalid JSON stays text, so that the status of an error is not hidden', async () => {
    const api = await service([{ status: 502, headers: { 'content-type': 'application/json' }, body: '<html>' }]);

    await expect(client.get(api.url)).rejects.toMatchObject({ status: 502, response: { data: '<html>' } });
  });

  test('a transformResponse and a parseReviver of the caller do their work', async () => {
    const api = await service([{ json: { id: 1 } }]);

    const transformed = await client.get(api.url, { transformResponse: (data) => `<${String(data)}>` });
    const revived = await client.get(api.url, { parseReviver: (_, value: unknown) => (value === 1 ? 'one' : value) });

    expect(transformed.data).toBe('<{"id":1}>');
    expect(revived.data).toEqual({ id: 'one' });
  });

  test('a transformRequest of the caller gets the body that would be sent', async () => {
    const api = await service();
    const seen: unknown[] = [];

    await client.post(api.url, {
      json: { id: 1 },
      transformRequest: (body: unknown, headers) => {
        seen.push(body);
        headers.setContentType('application/vnd.hdms+json');
        return `${String(body)}\n`;
      },
    });

    expect(seen).toEqual(['{"id":1}']);
    expect(api.requests[0]).toMatchObject({ headers: { 'content-type': 'application/vnd.hdms+json' } });
    expect(api.requests[0]?.body.toString()).toBe('{"id":1}\n');
  });
});
