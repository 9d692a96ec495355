import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ResponseType } from 'axios';
import { HTTPClient } from '../../src/index';
import { rawService } from '../support/raw-service';

const client = new HTTPClient({ retryAttempts: 0, timeout: 2, onDownloadProgress: () => undefined });

test.each<[string, ResponseType]>([
  ['a body', 'text'],
  ['a stream', 'stream'],
])('%s that ends with its connection is truncated if that is reset', async (_, responseType) => {
  const api = await rawService((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\npart');
    setTimeout(() => socket.resetAndDestroy(), 50);
  });

  const read = async (): Promise<string> => {
    const { data } = await client.get<string | Readable>(api.url, { responseType });
    return typeof data === 'string' ? data : text(data);
  };

  await expect(read()).rejects.toMatchObject({ name: 'ConnectionError', code: 'BODY_TRUNCATED' });
});
