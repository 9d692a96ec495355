import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

/** The types refuse some of these; services in JavaScript, and spreads, do not. */
function undefinedOptions(...names: string[]): RequestOptions {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

describe('an option that is undefined means its default', () => {
  test('validateStatus refuses a 404', async () => {
    const api = await service([{ status: 404 }]);

    const call = new HTTPClient().get(api.url, undefinedOptions('validateStatus'));

    await expect(call).rejects.toMatchObject({ code: 'CLIENT_ERROR', status: 404 });
  });

  test('transformResponse parses, paramsSerializer repeats lists, adapter sends', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const nothing = undefinedOptions(
      'transformResponse',
      'paramsSerializer',
      'adapter',
      'responseType',
      'maxRedirects',
      'maxContentLength',
      'auth',
      'proxy',
      'transitional',
      'decompress',
      'httpAgent',
      'lookup',
      'baseURL',
    );

    const response = await new HTTPClient().get(api.url, { ...nothing, params: { a: [1, 2] } });

    expect(response.data).toEqual({ id: 1 });
    expect(api.requests[0]?.url).toBe('/?a=1&a=2');
  });

  test('transformRequest sends JSON as JSON', async () => {
    const api = await service();

    await new HTTPClient().post(api.url, { json: { a: 1 }, ...undefinedOptions('transformRequest') });

    expect(api.requests[0]?.body.toString()).toBe('{"a":1}');
    expect(api.requests[0]?.headers['content-type']).toBe('application/json');
  });

  test('maxRedirects follows a redirect', async () => {
    const api = await service([{ status: 302, headers: { location: '/there' } }, {}]);

    await new HTTPClient().get(api.url, undefinedOptions('maxRedirects'));

    expect(api.requests.map(({ url }) => url)).toEqual(['/', '/there']);
  });
});
