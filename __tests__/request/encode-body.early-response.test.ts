import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPClient, type RequestData } from '../../src/index';
import { earlyService } from '../support/early-service';
import { WAYS } from '../support/ways';

const { Readable: ForeignReadable } = createRequire(__filename)('readable-stream') as { Readable: typeof Readable };

const PART = Buffer.alloc(100_000);

/** Its first bytes come when the response has begun. */
async function* parts(): AsyncGenerator<Buffer> {
  for (let part = 0; part < 20; part++) {
    await delay(part === 0 ? 50 : 1);
    yield PART;
  }
}

describe.each(WAYS)('over %s, a request that is still being sent when its response begins', (_, way) => {
  const client = new HTTPClient();

  test.each<[string, () => RequestData]>([
    ['a Readable', () => Readable.from(parts())],
    ['a web stream', () => ReadableStream.from(parts())],
    ['a web stream made by a function', () => () => ReadableStream.from(parts())],
    ['a stream of another package', () => ForeignReadable.from(parts())],
  ])('arrives whole: %s', async (__, make) => {
    const api = await earlyService();

    const { data } = await client.post<Readable>(api.url, { ...way, data: make(), responseType: 'stream' });

    expect(await text(data)).toBe('got 2000000 bytes');
  });

  test('ends when the caller closes the response', async () => {
    const api = await earlyService();
    const data = new PassThrough();
    data.write(PART);

    const response = await client.post<Readable>(api.url, { ...way, data, responseType: 'stream' });
    const wasDestroyed = data.destroyed;
    response.data.destroy();
    for (let turn = 0; turn < 100 && !data.destroyed; turn++) await delay(5);

    expect([wasDestroyed, data.destroyed]).toEqual([false, true]);
  });

  test.each(['text', 'stream'] as const)(
    'is not whole if the response ends first, read as %s',
    async (responseType) => {
      const api = await earlyService();
      const data = new ReadableStream({
        start: (body) => {
          body.enqueue(PART);
        },
      });

      const response = await client.post<Readable>(`${api.url}/enough`, { ...way, data, responseType });
      if (responseType === 'stream') await text(response.data);
      await delay(30);

      expect(api.whole).toEqual([]);
    },
  );
});
