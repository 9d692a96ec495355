import { setTimeout as delay } from 'node:timers/promises';
import type { InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { service } from '../support/service';

describe('what takes longer than the deadline', () => {
  const slowly = async (config: InternalAxiosRequestConfig): Promise<InternalAxiosRequestConfig> => {
    await delay(60);
    return config;
  };
  const slow = (ring: Plugin['ring']): Plugin => ({
    name: 'slow',
    ring,
    install(http) {
      http.interceptors.request.use(slowly);
    },
  });

  test.each<[string, HTTPClientOptions, (client: HTTPClient) => void]>([
    ['an interceptor', {}, (client) => client.axios.interceptors.request.use(slowly)],
    ['a call plugin', { plugins: [slow('call')] }, () => undefined],
    ['an attempt plugin', { plugins: [slow('attempt')] }, () => undefined],
  ])('%s ends in DeadlineExceeded, and nothing is sent', async (_, options, prepare) => {
    const api = await service();
    const client = new HTTPClient({ token: null, ...options });
    prepare(client);
    // An open connection takes a request at once.
    await client.get(api.url);

    const call = client.post(api.url, { data: 'x', deadline: 0.02 });

    await expect(call).rejects.toMatchObject({ name: 'DeadlineExceeded', sent: 'no', attempts: [] });
    await delay(80);
    expect(api.requests).toHaveLength(1);
  });
});

describe('an interceptor that returns a config of its own', () => {
  test('without the adapter sends the request all the same', async () => {
    const api = await service([{ json: { id: 1 } }]);
    const client = new HTTPClient({ token: 'mine' });
    client.axios.interceptors.request.use(({ adapter: _, ...config }) => config);

    expect(await client.getJson(api.url)).toEqual({ id: 1 });
    expect(api.requests[0]?.headers.authorization).toBe('Bearer mine');
  });

  test('with the bare necessities sends the request all the same', async () => {
    const api = await service();
    const client = new HTTPClient({ token: 'mine' });
    client.axios.interceptors.request.use(({ url, headers }) => ({ method: 'get', url: String(url), headers }));

    expect((await client.get(api.url)).status).toBe(200);
    expect(api.requests[0]?.headers.authorization).toBe('Bearer mine');
  });

  test('that makes it a POST in capitals has it carry an Idempotency-Key', async () => {
    const api = await service();
    const client = new HTTPClient();
    client.axios.interceptors.request.use((config) => Object.assign(config, { method: 'POST' }));

    await client.get(api.url);

    expect(api.requests[0]?.method).toBe('POST');
    expect(api.requests[0]?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/);
  });
});

test('an instance made of client.axios rejects with a message that names the status', async () => {
  const api = await service([{ status: 404 }]);

  const call = new HTTPClient().axios.create().get(api.url);

  await expect(call).rejects.toMatchObject({ message: expect.stringContaining('404') as string });
});
