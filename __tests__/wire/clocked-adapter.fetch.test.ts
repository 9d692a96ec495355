import { text } from 'node:stream/consumers';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

const retry = { base: 0.001 };
const fetch = { adapter: 'fetch' } as const;

/** The beginning of a response, and then the end of its connection. */
const cut = {
  handle: (_: unknown, response: { readonly socket: { end(data: string): void } | null }): void => {
    response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  },
};

test('a body that is cut off over the fetch adapter is BODY_TRUNCATED, and retried', async () => {
  const api = await service([cut, { body: 'whole' }]);

  const { data, retries } = await new HTTPClient({ retry }).get<string>(api.url, fetch);

  expect([data, retries]).toEqual(['whole', 1]);
});

test('it is BODY_TRUNCATED if no retry is left, also as a stream', async () => {
  const api = await service([cut, cut]);
  const client = new HTTPClient({ retryAttempts: 0 });
  const truncated = { name: 'ConnectionError', code: 'BODY_TRUNCATED' };

  await expect(client.get(api.url, fetch)).rejects.toMatchObject(truncated);

  const { data } = await client.get<AsyncIterable<Uint8Array>>(api.url, { ...fetch, responseType: 'stream' });
  await expect(text(data)).rejects.toMatchObject(truncated);
});

test('a body that fetch cannot decode is a ContentDecodingError', async () => {
  const api = await service([{ headers: { 'Content-Encoding': 'gzip' }, body: 'not gzip' }]);

  const call = new HTTPClient({ retry }).get(api.url, fetch);

  await expect(call).rejects.toMatchObject({ name: 'ContentDecodingError', code: 'CONTENT_DECODING_FAILED' });
});
