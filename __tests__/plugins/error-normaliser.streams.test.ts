import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import axios, { AxiosError } from 'axios';
import { HTTPClient, type HTTPClientOptions, type Plugin } from '../../src/index';
import { testOfLeanCore } from '../support/lean-only';
import { rawService, type RawService } from '../support/raw-service';

/** A service whose responses do not end, so that a connection is open until the client closes it. */
async function endless(): Promise<RawService> {
  return rawService((socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'));
}

async function openSockets({ sockets }: RawService): Promise<number> {
  for (let turn = 0; turn < 100 && sockets.size > 0; turn++) await delay(10);
  return sockets.size;
}

function fails(): never {
  throw new Error('boom');
}

function failing(ring: Plugin['ring'], handle: () => unknown = fails): HTTPClientOptions {
  const install: Plugin['install'] = (http) => void http.interceptors.response.use(handle as never);
  return { plugins: [{ name: 'failing', ring, install }] };
}

const onAdapter = { onDownloadProgress: (): void => undefined };

describe('a stream that nobody gets, because code of the caller fails after the response', () => {
  // An instance of `axios.create` does not say which request such an error is about.
  testOfLeanCore.each<[string, HTTPClientOptions, object]>([
    ['a plugin of the attempt ring', failing('attempt'), {}],
    ['a plugin of the call ring', failing('call'), {}],
    ['an asynchronous plugin', failing('attempt', async () => Promise.reject(new Error('boom'))), {}],
    ['a transform of the response', {}, { transformResponse: fails }],
    ["a plugin, on axios's adapter", failing('attempt'), onAdapter],
  ])('%s: its connection is closed, and its slot is free', async (_, options, config) => {
    const raw = await endless();
    const client = new HTTPClient({ ...options, concurrency: { limit: 1 }, deadline: 3 });
    const request = { ...config, responseType: 'stream' } as const;

    await expect(client.get(raw.url, request)).rejects.toMatchObject({ code: 'INTERCEPTOR_FAILED' });
    await expect(client.get(raw.url, request)).rejects.toMatchObject({ code: 'INTERCEPTOR_FAILED' });
    await expect(client.axios.get(raw.url, request)).rejects.toMatchObject({ code: 'INTERCEPTOR_FAILED' });

    expect(raw.requests).toHaveLength(3);
    expect(await openSockets(raw)).toBe(0);
  });

  test('an adapter that wants a retry: the stream of the attempt before it is closed', async () => {
    const raw = await endless();
    const client = new HTTPClient({ retry: { base: 0.001 } });
    const send = axios.getAdapter(client.axios.defaults.adapter);
    let attempts = 0;
    client.axios.defaults.adapter = async (config) => {
      const response = await send(config);
      if (++attempts === 1) throw new AxiosError('busy', 'ECONNRESET', config);
      return response;
    };

    const { data, retries } = await client.get<Readable>(raw.url, { responseType: 'stream' });

    expect(retries).toBe(1);
    expect(raw.requests).toHaveLength(2);
    expect(data.destroyed).toBe(false);
    for (let turn = 0; turn < 100 && raw.sockets.size > 1; turn++) await delay(10);
    expect(raw.sockets.size).toBe(1);
    data.destroy();
    expect(await openSockets(raw)).toBe(0);
  });
});
