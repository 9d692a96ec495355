import { HTTPClient, HTTPResponse } from '../../src/index';
import { service } from '../support/service';

describe('what an interceptor makes of an answer', () => {
  const body = { status: 'active', config: { theme: 'dark' }, name: 'Ada' };

  test('is returned as it is, also where it looks like an answer', async () => {
    const api = await service([{ json: body }]);
    const client = new HTTPClient();
    client.axios.interceptors.response.use((response) => response.data as never);

    const user: unknown = await client.get(api.url);

    expect(user).not.toBeInstanceOf(HTTPResponse);
    expect(user).toEqual(body);
    expect(await client.getJson(api.url)).toEqual(body);
  });

  test('may be another answer, which is an HTTPResponse still', async () => {
    const api = await service([{ json: body }]);
    const client = new HTTPClient();
    client.axios.interceptors.response.use((response) => ({ ...response, data: { wrapped: true } }));

    expect(await client.get(api.url)).toBeInstanceOf(HTTPResponse);
    expect(await client.getJson(api.url)).toEqual({ wrapped: true });
  });
});
