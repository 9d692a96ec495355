import { Readable } from 'node:stream';
import LegacyForm from 'form-data';
import { HTTPClient, type RequestData, type RequestException } from '../../src/index';
import { service } from '../support/service';

const client = new HTTPClient({ retry: { base: 0.001 }, timeout: 2 });

afterAll(() => {
  client.close();
});

function legacyForm(): LegacyForm {
  const form = new LegacyForm();
  form.append('name', 'value');
  form.append('file', Readable.from(['text']), { filename: 'a.txt' });
  return form;
}

function form(): FormData {
  const fields = new FormData();
  fields.set('name', 'väl"ue');
  fields.set('file', new Blob([Buffer.from([0, 255])]), 'a.bin');
  return fields;
}

const backing = Uint8Array.from([1, 2, 3, 4, 5, 6]);

describe('a body that can be sent again is the same on each attempt:', () => {
  test.each<[string, { readonly data?: RequestData; readonly json?: unknown }, string | Buffer | RegExp]>([
    ['string', { data: 'grüße' }, 'grüße'],
    ['empty string', { data: '' }, ''],
    ['string of digits', { data: '123' }, '123'],
    ['Buffer', { data: Buffer.from([0, 1, 254, 255]) }, Buffer.from([0, 1, 254, 255])],
    ['a part of a larger buffer', { data: backing.subarray(2, 4) }, Buffer.from([3, 4])],
    ['Uint16Array', { data: new Uint16Array(backing.buffer, 2, 1) }, Buffer.from([3, 4])],
    ['ArrayBuffer', { data: Uint8Array.from([9, 8]).buffer }, Buffer.from([9, 8])],
    ['Blob', { data: new Blob(['a', 'b']) }, 'ab'],
    ['URLSearchParams', { data: new URLSearchParams([['a', '1'], ['a', '2 3']]) }, 'a=1&a=2+3'], // prettier-ignore
    ['form fields', { data: { a: [1, 2], b: 'ü' } }, 'a=1&a=2&b=%C3%BC'],
    ['FormData', { data: form() }, /name="name"\r\n\r\nväl"ue\r\n.*filename="a\.bin"/s],
    ['json', { json: { id: 1, list: [null, 'ü'] } }, '{"id":1,"list":[null,"ü"]}'],
    ['a function that makes a stream', { data: () => Readable.from(['fresh', ' ', 'water']) }, 'fresh water'],
  ])('%s', async (_, body, expected) => {
    const api = await service([{ status: 503 }, { status: 503 }, { status: 200 }]);

    const response = await client.post(api.url, body);

    const [first, second, third] = api.requests;
    expect(response.retries).toBe(2);
    if (expected instanceof RegExp) expect(first?.body.toString()).toMatch(expected);
    else expect(first?.body).toEqual(Buffer.from(expected));
    expect([second?.body, third?.body]).toEqual([first?.body, first?.body]);
    const types = api.requests.map(({ headers }) => headers['content-type']);
    expect(new Set(types).size).toBe(1);
  });

  test('a JSON body is serialised once', async () => {
    const api = await service([{ status: 503 }, { status: 200 }]);
    let reads = 0;

    await client.post(api.url, { json: { toJSON: () => ++reads } });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['1', '1']);
  });

  test('a function is asked for a stream once per attempt', async () => {
    const api = await service([{ status: 503 }, { status: 503 }, { status: 200 }]);
    const data = jest.fn(() => Readable.from(['x']));

    await client.put(api.url, { data });

    expect(data).toHaveBeenCalledTimes(3);
  });

  test('an object that is given to `axios` directly', async () => {
    const api = await service([{ status: 503 }, { status: 200 }]);

    await client.axios.post(api.url, { id: 1 });

    expect(api.requests.map(({ body }) => body.toString())).toEqual(['{"id":1}', '{"id":1}']);
  });
});

describe('a body that cannot be sent again is sent once:', () => {
  const bodies: [string, () => RequestData, RegExp][] = [
    ['Readable', () => Readable.from(['once']), /^once$/],
    ['web ReadableStream', () => new Blob(['once']).stream(), /^once$/],
    ['form of the form-data package with a stream in it', legacyForm, /name="name"\r\n\r\nvalue/],
  ];

  test.each(bodies)('%s', async (_, makeBody, text) => {
    const api = await service([{ status: 503 }, { status: 200 }]);

    const error = await failure(client.post(api.url, { data: makeBody() }));

    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 503, retries: 0 });
    expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'fail', reason: 'body-not-replayable' }]);
    expect(api.requests.map(({ body }) => body.toString())).toEqual([expect.stringMatching(text)]);
  });

  test.each(bodies)('%s, given to `axios` directly', async (_, makeBody, text) => {
    const api = await service([{ status: 503 }, { status: 200 }]);

    const error = await failure(client.axios.post(api.url, makeBody()));

    expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'fail', reason: 'body-not-replayable' }]);
    expect(api.requests.map(({ body }) => body.toString())).toEqual([expect.stringMatching(text)]);
  });

  test.each(bodies)('%s, where the connection was refused', async (_, makeBody) => {
    const api = await service();
    await api.close();

    const error = await failure(client.put(api.url, { data: makeBody() }));

    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', sent: 'no' });
    expect(error.attempts).toMatchObject([{ decision: 'fail', reason: 'body-not-replayable' }]);
  });

  test('a function that makes the same stream again', async () => {
    const api = await service([{ status: 503 }, { status: 200 }]);
    const stream = Readable.from(['once']);

    const error = await failure(client.post(api.url, { data: () => stream }));

    expect(error).toMatchObject({ code: 'INVALID_BODY', retries: 1 });
    expect(error.message).toMatch(/has already been read or destroyed/);
    expect(api.requests.map(({ body }) => body.toString())).toEqual(['once']);
  });

  test('a stream that somebody has read already', async () => {
    const api = await service();
    const stream = Readable.from(['once']);
    for await (const chunk of stream) expect(chunk).toBe('once');

    expect(await failure(client.post(api.url, { data: stream }))).toMatchObject({ code: 'INVALID_BODY', sent: 'no' });
    expect(api.requests).toEqual([]);
  });
});

async function failure(call: Promise<unknown>): Promise<RequestException> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error as RequestException,
  );
}
