import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runInNewContext } from 'node:vm';
import FormDataPackage from 'form-data';
import { HTTPClient, InvalidRequest, type RequestData, type RequestOptions } from '../../src/index';
import { service, type Received } from '../support/service';

const client = new HTTPClient({ retry: { base: 0.001 } });
const bytes = Buffer.from([0, 1, 2, 0xff]);

async function sent(options: RequestOptions): Promise<Received | undefined> {
  const api = await service();
  await client.post(api.url, options);
  return api.requests[0];
}

describe('a form', () => {
  test.each<[string, RequestData, string]>([
    ['a plain object', { a: '1', b: 'x y&z', c: 'ä' }, 'a=1&b=x+y%26z&c=%C3%A4'],
    ['lists, which repeat their field', { tag: ['a', 'b'], empty: [] }, 'tag=a&tag=b'],
    ['null and undefined, which are left out', { a: null, b: undefined, c: [null, 1] }, 'c=1'],
    ['numbers, booleans, BigInts and dates', { a: 1.5, b: false, c: 10n, d: new Date(0) }, formOfScalars()],
    ['an empty object', {}, ''],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: '1' }), 'a=1'],
    ['URLSearchParams', new URLSearchParams([['a', '1'], ['a', '2']]), 'a=1&a=2'], // prettier-ignore
  ])('is made of %s', async (_, data, body) => {
    const request = await sent({ data });

    expect(request?.body.toString()).toBe(body);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    });
  });

  test.each([{ user: { name: 'Ada' } }, { list: [['nested']] }, { when: () => undefined }])(
    'has no place for %p',
    async (data) => {
      const api = await service();

      const failure = client.post(api.url, { data });

      await expect(failure).rejects.toBeInstanceOf(InvalidRequest);
      await expect(failure).rejects.toMatchObject({
        code: 'INVALID_BODY',
        message: expect.stringMatching(
          /form field `(user|list|when)` must be .* for nested data use `json`$/,
        ) as string,
      });
      expect(api.requests).toHaveLength(0);
    },
  );
});

function formOfScalars(): string {
  return 'a=1.5&b=false&c=10&d=1970-01-01T00%3A00%3A00.000Z';
}

describe('bytes and text', () => {
  const padded = new Uint8Array([9, 9, ...bytes, 9, 9]);

  test.each<[string, RequestData, string]>([
    ['a Buffer', bytes, 'application/octet-stream'],
    ['a Uint8Array', new Uint8Array(bytes), 'application/octet-stream'],
    ['a part of a larger buffer', padded.subarray(2, 6), 'application/octet-stream'],
    ['a DataView on a part', new DataView(padded.buffer, 2, 4), 'application/octet-stream'],
    ['a Uint16Array', new Uint16Array(new Uint8Array(bytes).buffer), 'application/octet-stream'],
    ['an ArrayBuffer', new Uint8Array(bytes).buffer, 'application/octet-stream'],
    ['an ArrayBuffer of another realm', inAnotherRealm('new Uint8Array(bytes).buffer'), 'application/octet-stream'],
    ['a SharedArrayBuffer', shared(bytes), 'application/octet-stream'],
    ['a Blob without a type', new Blob([bytes]), 'application/octet-stream'],
    ['a Blob with a type', new Blob([bytes], { type: 'image/png' }), 'image/png'],
  ])('%s is sent byte by byte, with its length', async (_, data, type) => {
    const request = await sent({ data });

    expect(request?.body).toEqual(bytes);
    expect(request?.headers).toMatchObject({ 'content-type': type, 'content-length': '4' });
  });

  test('a string is sent as UTF-8 text, also one that looks like JSON', async () => {
    const request = await sent({ data: '{"price":"5 €"}' });

    expect(request?.body.toString()).toBe('{"price":"5 €"}');
    expect(request?.headers).toMatchObject({ 'content-type': 'text/plain;charset=utf-8', 'content-length': '17' });
  });

  test('the content type of the caller comes first', async () => {
    const request = await sent({ data: '<a/>', headers: { 'content-type': 'application/xml' } });

    expect(request?.headers['content-type']).toBe('application/xml');
  });
});

function shared(content: Uint8Array): RequestData {
  const buffer = new SharedArrayBuffer(content.length);
  new Uint8Array(buffer).set(content);
  return buffer as never;
}

function inAnotherRealm(code: string): RequestData {
  return runInNewContext(code, { bytes }) as RequestData;
}

describe('a stream', () => {
  const content = (): Readable => Readable.from([Buffer.from('one '), Buffer.from('two')]);

  test.each<[string, () => RequestData]>([
    ['a Readable', content],
    ['a function that returns one', () => content],
    ['a web stream', () => Readable.toWeb(content()) as ReadableStream],
  ])('%s is sent in chunks', async (_, data) => {
    const request = await sent({ data: data() });

    expect(request?.body.toString()).toBe('one two');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'transfer-encoding': 'chunked',
    });
  });

  test('a length that the caller knows goes with it', async () => {
    const request = await sent({ data: content(), headers: { 'Content-Length': 7 } });

    expect(request?.headers).toMatchObject({ 'content-length': '7' });
    expect(request?.headers).not.toHaveProperty('transfer-encoding');
  });

  test('a function is asked for a fresh one at every attempt', async () => {
    const api = await service([{ status: 503 }, {}]);

    await client.post(api.url, { data: content });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['one two', 'one two']);
  });

  test.each([
    ['throws', 'the `data` function threw', (): never => { throw new Error('no file'); }], // prettier-ignore
    ['returns no stream', 'must be a string, binary data, Blob or Readable, got a number', () => 5],
    ['returns null', 'got null', () => null],
  ])('a function that %s is refused', async (_, message, data) => {
    const api = await service();

    await expect(client.post(api.url, { data: data as never })).rejects.toMatchObject({
      code: 'INVALID_BODY',
      message: expect.stringContaining(message) as string,
    });
    expect(api.requests).toHaveLength(0);
  });

  test('one that has been read already is refused', async () => {
    const api = await service();
    const data = content();
    await data.toArray();

    await expect(client.post(api.url, { data })).rejects.toThrow('has already been read or destroyed');
    expect(api.requests).toHaveLength(0);
  });

  test('a web stream that is locked is refused', async () => {
    const api = await service();
    const data = new Blob(['a']).stream();
    data.getReader();

    await expect(client.post(api.url, { data: data as ReadableStream })).rejects.toMatchObject({
      code: 'INVALID_BODY',
    });
    expect(api.requests).toHaveLength(0);
  });

  test.each<[string, (stream: ReadableStream<Uint8Array>) => Promise<unknown>]>([
    ['read', async (stream) => text(stream)],
    ['cancelled', async (stream) => stream.cancel()],
    [
      'begun',
      async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        reader.releaseLock();
      },
    ],
  ])('a web stream that has been %s is refused, also from a function', async (_, use) => {
    const api = await service();
    const data = new Blob(['a']).stream() as ReadableStream<Uint8Array>;
    await use(data);

    for (const used of [data, () => data]) {
      const call = client.post(api.url, { data: used });

      await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', sent: 'no' });
      await expect(call).rejects.toThrow('has already been read or destroyed');
    }
    expect(api.requests).toHaveLength(0);
  });

  test('the form of the form-data package brings its own headers', async () => {
    const form = new FormDataPackage();
    form.append('name', 'Ada');
    form.append('file', Buffer.from('a;b'), { filename: 'a.csv', contentType: 'text/csv' });

    const request = await sent({ data: form });

    expect(request?.headers['content-type']).toBe(`multipart/form-data; boundary=${form.getBoundary()}`);
    expect(request?.body.toString()).toContain('name="name"\r\n\r\nAda\r\n');
    expect(request?.body.toString()).toContain('filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na;b\r\n');
    expect(request?.body.toString()).toContain(`--${form.getBoundary()}--\r\n`);
  });
});

describe('JSON', () => {
  test.each([
    [null, 'null'],
    [0, '0'],
    ['text', '"text"'],
    [[1, 'ä'], '[1,"ä"]'],
    [{ when: new Date(0), none: undefined }, '{"when":"1970-01-01T00:00:00.000Z"}'],
  ])('%p is sent as %s', async (json, body) => {
    const request = await sent({ json });

    expect(request?.body.toString()).toBe(body);
    expect(request?.headers['content-type']).toBe('application/json');
  });

  test('undefined is no body', async () => {
    const request = await sent({ json: undefined });

    expect(request?.headers).toMatchObject({ 'content-length': '0' });
    expect(request?.headers).not.toHaveProperty('content-type');
  });

  test('is serialised once, whatever the attempts', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, {}]);
    let count = 0;

    await client.post(api.url, { json: { toJSON: () => ++count } });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['1', '1', '1']);
  });

  test.each([
    ['an object', {}],
    ['an object of a class', Object.create({ method: () => 1 })],
    ['what its toJSON makes of it', Object.assign(new Map(), { toJSON: () => ({}) })],
  ])('{} is sent for %s', async (_, json) => {
    const api = await service();

    await client.post(api.url, { json });

    expect(api.requests[0]?.body.toString()).toBe('{}');
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;

  test.each([
    ['a cycle', cycle, 'cannot be serialised: Converting circular structure to JSON'],
    ['a BigInt', { id: 1n }, 'cannot be serialised: Do not know how to serialize a BigInt'],
    ['a function', () => undefined, 'must be a JSON value, got a function'],
    ['a symbol', Symbol('s'), 'must be a JSON value, got a symbol'],
    ['a Map', new Map([['id', 1]]), 'must be a JSON value, got an instance of Map'],
    ['a form', new FormData(), 'must be a JSON value, got an instance of FormData'],
    ['a query', new URLSearchParams('a=1'), 'must be a JSON value, got an instance of URLSearchParams'],
    ['a Blob', new Blob(['x']), 'must be a JSON value, got an instance of Blob'],
  ])('%s is refused', async (_, json, message) => {
    const api = await service();

    const failure = client.post(api.url, { json });

    await expect(failure).rejects.toBeInstanceOf(InvalidRequest);
    await expect(failure).rejects.toMatchObject({
      code: 'INVALID_BODY',
      message: expect.stringMatching(new RegExp(`^POST http://.*\`json\` ${message}`)) as string,
      sent: 'no',
      attempts: [],
    });
    expect(api.requests).toHaveLength(0);
  });
});

test.each([5, true, 10n, Symbol('s')])('data that is %p is refused', async (data) => {
  const api = await service();

  await expect(client.post(api.url, { data: data as never })).rejects.toMatchObject({
    code: 'INVALID_BODY',
    message: expect.stringContaining(`got a ${typeof data}`) as string,
  });
  expect(api.requests).toHaveLength(0);
});
