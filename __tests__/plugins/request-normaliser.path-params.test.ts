import { HTTPClient, isInvalidRequest, isRequestException, observe } from '../../src/index';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

test.each(WAYS)('client.axios fills the path of its calls, over %s', async (_, way) => {
  const api = await service([{ status: 503 }, {}]);
  const client = new HTTPClient({ baseURL: api.url, retry: { base: 0.001 } });
  const options = { ...(way as object), pathParams: { id: '{id}' } };

  const { config } = await client.axios.get('/users/{id}', options);
  await client.axios('/users/{id}', options);
  await client.axios.request({ ...options, url: 'users/{id}', method: 'put' });

  expect(api.requests.map(({ url }) => url)).toEqual(new Array(4).fill('/users/%7Bid%7D'));
  expect(config.url).toBe('/users/%7Bid%7D');
  expect('pathParams' in config).toBe(false);
});

test('what an interceptor sends again is not filled again, and keeps its template unless its URL is another', async () => {
  const api = await service([{ status: 409 }, { status: 409 }, {}]);
  const client = new HTTPClient({ baseURL: api.url });
  const configOf = async (call: Promise<unknown>): Promise<object> => {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    return isRequestException(error) ? { ...error.config } : {};
  };
  const templates: unknown[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      templates.push(call.template);
    },
  });

  const first = await configOf(client.axios.get('/users/{id}', { pathParams: { id: 7 } }));
  const second = await configOf(client.axios.request(first));
  await client.axios.request({ ...second, url: '/elsewhere' });
  stop();

  expect(api.requests.map(({ url }) => url)).toEqual(['/users/7', '/users/7', '/elsewhere']);
  expect(templates).toEqual(['/users/{id}', '/users/{id}', undefined]);
});

test.each<[unknown, string]>([
  [{}, 'must have a value for {id} in the path, got no such name'],
  [{ id: 1, page: 2 }, 'has `page`, but the path of the URL has no {page}'],
  [[7], 'must be an object, such as { id: 7 }, got a list'],
  [null, 'must be an object, such as { id: 7 }, got null'],
])('%j is refused there as an invalid request', async (pathParams, message) => {
  const api = await service();

  const error: unknown = await new HTTPClient().axios
    .get(`${api.url}/{id}`, { pathParams: pathParams as never })
    .catch((thrown: unknown) => thrown);

  expect(isInvalidRequest(error)).toBe(true);
  expect(error).toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) as string });
  expect(api.requests).toEqual([]);
});
