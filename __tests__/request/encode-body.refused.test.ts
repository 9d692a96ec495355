import { type Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { HTTPClient, type RequestOptions } from '../../src/index';
import { service } from '../support/service';

type Data = RequestOptions['data'];

class Sealed {
  reveal(): string {
    return 'mine';
  }
}

test.each([
  ['a Promise', Promise.resolve({ a: 1 })],
  ['a thenable', { then: () => undefined }],
])('`json` that is %s is refused: `await` is missing', async (_, json) => {
  const api = await service();

  await expect(new HTTPClient().post(api.url, { json })).rejects.toMatchObject({
    code: 'INVALID_BODY',
    message: expect.stringContaining('got a Promise: `await` is missing') as string,
  });
  expect(api.requests).toEqual([]);
});

test.each<[string, (buffer: ArrayBuffer) => Data]>([
  ['an ArrayBuffer', (buffer) => buffer],
  ['a view of one', (buffer) => new Uint8Array(buffer)],
])('%s that has been transferred is refused', async (_, make) => {
  const api = await service();
  const buffer = new ArrayBuffer(4);
  const data = make(buffer);
  structuredClone(buffer, { transfer: [buffer] });

  await expect(new HTTPClient().post(api.url, { data })).rejects.toMatchObject({
    code: 'INVALID_BODY',
    message: expect.stringContaining('the buffer of `data` has been transferred') as string,
  });
  expect(api.requests).toEqual([]);
});

test('`json` may have a field `then`', async () => {
  const api = await service();

  await new HTTPClient().post(api.url, { json: { if: {}, then: { type: 'string' } } });

  expect(api.requests[0]?.body.toString()).toBe('{"if":{},"then":{"type":"string"}}');
});

describe('`data` that has no one meaning as a body', () => {
  async function* lines(): AsyncGenerator<string> {
    yield await Promise.resolve('a line');
  }

  test.each<[string, unknown, RegExp]>([
    ['a Promise', Promise.resolve('text'), /Promise/],
    ['a Map', new Map([['a', 1]]), /Map/],
    ['a Set', new Set([1]), /Set/],
    ['a Date', new Date(0), /Date/],
    ['a Date of another realm', runInNewContext('new Date(0)'), /Date/],
    ['a Response', new Response('text'), /Response/],
    ['a Request', new Request('http://127.0.0.1'), /Request/],
    ['a RegExp', /x/, /RegExp/],
    ['a boxed boolean', Object(true), /Boolean/],
    ['an instance without fields', new Sealed(), /Sealed/],
    ['an Error', new Error('not a body'), /Error/],
    ['a list', ['a', 'b'], /array|list/i],
    ['an async generator', lines(), /generator|iterable/i],
  ])('%s is refused by name', async (_, data, name) => {
    const api = await service();

    const call = new HTTPClient().post(api.url, { data: data as Data });

    await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', message: expect.stringMatching(name) as string });
    expect(api.requests).toEqual([]);
  });

  test('a function that promises a stream is refused, and its rejection is not left unhandled', async () => {
    const api = await service();
    const data = async (): Promise<Readable> => Promise.reject(new Error('no stream'));

    const call = new HTTPClient().post(api.url, { data: data as never });

    await expect(call).rejects.toMatchObject({
      code: 'INVALID_BODY',
      message: expect.stringMatching(/promise/i) as string,
    });
    await delay(10);
    expect(api.requests).toEqual([]);
  });
});
