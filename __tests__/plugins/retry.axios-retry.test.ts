import type { AxiosRequestConfig } from 'axios';
import axiosRetry from 'axios-retry';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();

test('axios-retry on client.axios leads to one warning, and the client retries as without it', async () => {
  const api = await service([{ status: 503 }]);
  const client = new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 } });
  // A config that is sent again has the client's own options of axios-retry.
  const { config } = (await client.get(api.url).catch((error: unknown) => error)) as { config: AxiosRequestConfig };
  await client.axios.request(config).catch(() => undefined);
  expect(warned).not.toHaveBeenCalled();
  axiosRetry(client.axios, { retries: 5 });

  for (let call = 0; call < 2; call++)
    await expect(client.get(api.url)).rejects.toMatchObject({ code: 'SERVER_ERROR', retries: 1 });

  expect(warned.mock.calls).toEqual([
    [
      'axios-retry has no effect on `client.axios`, because the client retries by itself; use `retryAttempts` and `retry`',
      { code: 'HDMS_AXIOS_RETRY' },
    ],
  ]);
});

describe('options of axios-retry on client.axios have no effect', () => {
  test.each<[string, object]>([
    ['retries of 0', { retries: 0 }],
    ['retries of undefined', { retries: undefined }],
    [
      'a condition that throws',
      {
        retryCondition: () => {
          throw new Error('no opinion');
        },
      },
    ],
    [
      'an onRetry that throws',
      {
        onRetry: () => {
          throw new Error('no opinion');
        },
      },
    ],
    ['a condition that refuses', { retryCondition: () => false }],
  ])('%s: a 503 is retried', async (_, options) => {
    const api = await service([{ status: 503 }]);
    const client = new HTTPClient({ retryAttempts: 2, retry: { base: 0.001 } });
    const config: AxiosRequestConfig = { 'axios-retry': options };

    await expect(client.axios.get(api.url, config)).rejects.toMatchObject({ code: 'SERVER_ERROR', retries: 2 });

    expect(api.requests).toHaveLength(3);
  });

  test('a condition that is always true retries no 400', async () => {
    const api = await service([{ status: 400 }]);
    const client = new HTTPClient();
    const config: AxiosRequestConfig = {
      'axios-retry': { retryCondition: () => true },
      signal: AbortSignal.timeout(300),
    };

    await expect(client.axios.get(api.url, config)).rejects.toMatchObject({ code: 'CLIENT_ERROR', retries: 0 });

    expect(api.requests).toHaveLength(1);
  });
});
