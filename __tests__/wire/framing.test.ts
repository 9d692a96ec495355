import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { HTTPClient, type RequestException, type RequestOptions } from '../../src/index';
import { Call } from '../../src/call/call';
import { frame } from '../../src/wire/framing';
import { service, type Received, type Service } from '../support/service';

const SMUGGLED = 'abGET /admin HTTP/1.1\r\nHost: x\r\n\r\n';
const call = new Call('POST', 'http://a/');

/** Over the transport, and over axios's own adapter with redirects and without. */
const WAYS: readonly [string, RequestOptions][] = [
  ['the transport', {}],
  ["axios's adapter", { onUploadProgress: () => undefined }],
  ["axios's adapter without redirects", { maxRate: [1e9, 1e9], maxRedirects: 0 }],
];

const streamOf = (...chunks: string[]): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

function framing({ headers }: Received): unknown[] {
  return [headers['content-length'], headers['transfer-encoding']];
}

describe.each(WAYS)('over %s', (_, way) => {
  let api: Service;
  let client: HTTPClient;

  beforeEach(async () => {
    api = await service();
    client = new HTTPClient({ baseURL: api.url, retry: { base: 0.001 } });
  });

  test.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('%s without a body sends no length', async (method) => {
    await client.request(method, '/', { ...way, headers: { 'content-LENGTH': '17', 'transfer-encoding': 'chunked' } });

    expect(api.requests.map(framing)).toEqual([[undefined, undefined]]);
  });

  test('POST without a body has the length 0', async () => {
    await client.post('/', way);
    await client.post('/', { ...way, headers: { 'Content-Length': 0, 'Transfer-Encoding': 'chunked' } });

    expect(api.requests.map(framing)).toEqual([['0', undefined], ['0', undefined]]); // prettier-ignore
  });

  test.each<[string, RequestOptions]>([
    ['longer than the body', { json: { a: 1 }, headers: { 'Content-Length': '99' } }],
    ['shorter than the body', { data: SMUGGLED, headers: { 'content-length': 2 } }],
    ['counted in characters', { data: 'ä', headers: { 'Content-Length': 1 } }],
    ['not that of a Blob', { data: new Blob(['ä']), headers: { 'Content-Length': 1 } }],
    ['given without a body', { headers: { 'Content-Length': 17 } }],
    ['two lengths', { data: 'abc', headers: { 'Content-Length': ['3', '4'] } }],
    ['no number', { data: 'abc', headers: { 'Content-Length': '+3' } }],
  ])('a length that is %s is refused, and nothing is sent', async (__, options) => {
    await expect(client.post('/', { ...way, ...options })).rejects.toMatchObject({ code: 'INVALID_BODY', retries: 0 });
    expect(api.requests).toHaveLength(0);
  });

  test.each([['3'], [' 3 '], [3], [['3', '3']]])('the right length, %p, is sent once', async (length) => {
    const headers = { 'CONTENT-length': length, 'Transfer-encoding': 'chunked' };

    await client.post('/', { ...way, data: 'abc', headers });
    await client.request('DELETE', '/', { ...way, data: () => streamOf('a', 'bc'), headers });

    expect(api.requests.map(framing)).toEqual([['3', undefined], ['3', undefined]]); // prettier-ignore
    expect(api.requests.map(({ body }) => body.toString())).toEqual(['abc', 'abc']);
  });

  test.each([
    ['shorter', ['ab'], 5, 'ended after 2 of the 5 bytes'],
    ['longer', ['ab', SMUGGLED], 2, 'longer than its Content-Length, 2 bytes'],
    ['longer in one piece', [SMUGGLED], 2, 'longer than its Content-Length, 2 bytes'],
  ])(
    'a stream that is %s than announced fails, and the service gets no whole request',
    async (__, chunks, size, why) => {
      const options = { ...way, data: () => streamOf(...chunks), headers: { 'Content-Length': size } };

      const error = (await client.post('/', options).catch((thrown: unknown) => thrown)) as RequestException;

      expect([error.code, error.retries]).toEqual(['INVALID_BODY', 0]);
      expect(error.message).toContain(why);
      expect(api.requests).toHaveLength(0);
    },
  );

  test('a Transfer-Encoding other than chunked is refused', async () => {
    const options = { ...way, data: 'abc', headers: { 'transfer-encoding': 'gzip, chunked' } };

    await expect(client.post('/', options)).rejects.toMatchObject({ code: 'INVALID_HEADER' });
    expect(api.requests).toHaveLength(0);
  });
});

test('the body that a redirect requires again has its own length', async () => {
  const api = await service([{ status: 307, headers: { Location: '/moved' } }, {}]);
  const bodies = ['a', 'longer'];

  await new HTTPClient().post(api.url, { data: () => bodies.shift() as never });

  expect(api.requests.map(({ body }) => body.toString())).toEqual(['a', 'longer']);
  expect(api.requests.map(framing)).toEqual([['1', undefined], ['6', undefined]]); // prettier-ignore
});

test('the body that a redirect requires again is held to the length of the caller', async () => {
  const api = await service([{ status: 307, headers: { Location: '/moved' } }, {}]);
  const bodies = ['a', 'longer'];
  const options = { data: () => streamOf(bodies.shift() ?? ''), headers: { 'Content-Length': 1 } };

  await expect(new HTTPClient().post(api.url, options)).rejects.toMatchObject({ code: 'INVALID_BODY' });
  expect(api.requests).toHaveLength(1);
});

test('a stream that was opened for a refused request is closed', () => {
  const stream = streamOf('abc');

  expect(() => frame('POST', { 'Content-Length': 'many' }, stream, call)).toThrow('must be a number of bytes');
  expect(stream.destroyed).toBe(true);
});

test('the last bytes wait for the end of the stream', async () => {
  const stream = new Readable({ read: () => undefined });
  const body = frame('POST', { 'Content-Length': '3' }, stream, call) as Readable;
  stream.push('ab');
  stream.push('c');
  await new Promise(setImmediate);
  const before = body.readableLength;
  stream.push(null);

  expect(before).toBe(2);
  expect((await buffer(body)).toString()).toBe('abc');
});
