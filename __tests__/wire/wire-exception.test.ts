import http from 'node:http';
import type { Readable } from 'node:stream';
import { HTTPClient, RequestException } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

describe('what throws while it connects', () => {
  const CONNECTION_FAILED = { name: 'ConnectionError', code: 'CONNECTION_FAILED', retryable: true, sent: 'no' };
  const client = new HTTPClient({ retryAttempts: 1, retry: { base: 0.001 }, timeout: 1 });
  const lookup = (): never => {
    throw new Error('no resolver');
  };
  function agent(): http.Agent {
    const throwing = new http.Agent();
    return Object.assign(throwing, {
      createConnection: () => {
        throw new Error('no connection to be had');
      },
    });
  }

  test('a lookup is CONNECTION_FAILED, and retried', async () => {
    const call = client.get('http://service.invalid/', { lookup: lookup as never });

    await expect(call).rejects.toMatchObject({ ...CONNECTION_FAILED, retries: 1 });
    await expect(call).rejects.toThrow('no resolver');
  });

  test('an agent is CONNECTION_FAILED, and retried', async () => {
    const call = client.get('http://127.0.0.1:1/', { httpAgent: agent() });

    await expect(call).rejects.toMatchObject({ ...CONNECTION_FAILED, retries: 1 });
    await expect(call).rejects.toThrow('no connection to be had');
  });

  test("over axios's adapter the call ends with what they say", async () => {
    const onDownloadProgress = (): void => undefined;
    const byLookup = client.get('http://service.invalid/', { lookup: lookup as never, onDownloadProgress });
    const byAgent = client.get('http://127.0.0.1:1/', { httpAgent: agent(), onDownloadProgress });

    await expect(byLookup).rejects.toThrow('no resolver');
    await expect(byAgent).rejects.toThrow('no connection to be had');
    for (const call of [byLookup, byAgent]) await expect(call).rejects.toBeInstanceOf(RequestException);
  });
});

test.each(WAYS)('over %s, a body that is the broken response to another call cannot be sent', async (_, way) => {
  const download = await rawService((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello');
    setTimeout(() => socket.destroy(), 50);
  });
  const upload = await service();
  const client = new HTTPClient({ timeout: 2 });
  const { data } = await client.get<Readable>(download.url, { responseType: 'stream' });

  const call = client.post(upload.url, { ...way, data });

  await expect(call).rejects.toMatchObject({
    name: 'InvalidRequest',
    code: 'INVALID_BODY',
    method: 'POST',
    retryable: false,
    cause: { code: 'BODY_TRUNCATED', method: 'GET' },
  });
});
