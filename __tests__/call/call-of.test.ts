import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

describe('the config of a call has a JSON form', () => {
  test('in an interceptor', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine', deadline: 5 });
    const logged: string[] = [];
    client.axios.interceptors.request.use((config) => {
      logged.push(JSON.stringify(config));
      return config;
    });

    await client.get(api.url, { signal: new AbortController().signal });

    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ method: 'get', url: api.url }]);
  });

  test('on a response, after a retry', async () => {
    const api = await service([{ status: 503 }, {}]);

    const { config } = await new HTTPClient({ retry: { base: 0.001 } }).get(api.url);

    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ method: 'get', url: api.url });
  });

  test('on an error', async () => {
    const error: unknown = await new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 } })
      .get('http://127.0.0.1:1/')
      .catch((thrown: unknown) => thrown);

    const { config } = error as { config: unknown };
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ method: 'get', url: 'http://127.0.0.1:1/' });
  });
});
