import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AxiosAdapter } from 'axios';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';

/** An option that only axios's own adapter has. */
const onDownloadProgress = (): void => undefined;
const stream = { responseType: 'stream', onDownloadProgress } as const;

test("a stream over axios's adapter arrives whole, and frees its socket", async () => {
  const api = await service([{ body: 'a'.repeat(100_000) }]);
  const client = new HTTPClient();

  const { data } = await client.get<Readable>(api.url, stream);

  expect(await text(data)).toHaveLength(100_000);
});

test('a stream whose service stalls fails with a Timeout, not with an error of axios', async () => {
  const api = await service([{ handle: (_, response) => response.write('the beginning') }]);

  const { data } = await new HTTPClient({ timeout: 0.3 }).get<Readable>(api.url, stream);

  await expect(text(data)).rejects.toMatchObject({ name: 'Timeout', code: 'TIMEOUT' });
});

test("the caller's signal ends a stream after its headers", async () => {
  const api = await service([{ handle: (_, response) => response.write('the beginning') }]);
  const caller = new AbortController();

  const { data } = await new HTTPClient().get<Readable>(api.url, { ...stream, signal: caller.signal });
  caller.abort();

  await expect(text(data)).rejects.toMatchObject({ name: 'RequestCancelled', code: 'CANCELLED' });
});

test('a reader that loses interest frees the socket', async () => {
  const api = await service([{ handle: (_, response) => response.write('the beginning') }]);

  const { data } = await new HTTPClient().get<Readable>(api.url, stream);
  data.destroy();
  for (let turn = 0; turn < 100 && (await api.connections()) > 0; turn++) await new Promise(setImmediate);

  expect(await api.connections()).toBe(0);
});

test('a stream of an adapter that responds after the timeout is closed', async () => {
  const late = new Readable({ read: () => undefined });
  const adapter: AxiosAdapter = async (config) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { status: 200, statusText: 'OK', headers: {}, config, data: late };
  };
  const client = new HTTPClient({ timeout: 0.02, retryAttempts: 0, adapter });

  await expect(client.get('http://a.test', { responseType: 'stream' })).rejects.toMatchObject({ code: 'TIMEOUT' });
  await once(late, 'close');

  expect(late.destroyed).toBe(true);
});

test('credentials of the URL give way to a token, as on the http transport', async () => {
  const api = await service();

  await new HTTPClient().get(`http://user:password@127.0.0.1:${api.port}/`, { token: 'mine', onDownloadProgress });

  expect(api.requests[0]?.headers.authorization).toBe('Bearer mine');
});

test('a Blob is a Blob there too, and the client names itself', async () => {
  const api = await service([{ body: 'bytes', headers: { 'content-type': 'image/png' } }]);

  const { data } = await new HTTPClient().get<Blob>(api.url, { responseType: 'blob', onDownloadProgress });

  expect(await data.text()).toBe('bytes');
  expect(data.type).toBe('image/png');
  expect(api.requests[0]?.headers['user-agent']).toBe('hdms-http-client');
});

test('a stream as the body of a DELETE is framed', async () => {
  const api = await service();
  const data = (): Readable => Readable.from(['a', 'b']);

  await new HTTPClient().delete(api.url, { data, onUploadProgress: onDownloadProgress });

  expect(api.requests[0]?.body.toString()).toBe('ab');
});
