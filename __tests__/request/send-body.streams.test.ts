import fs from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import LegacyFormData from 'form-data';
import { HTTPClient, InvalidRequest, type RequestOptions } from '../../src/index';
import { service } from '../support/service';
import { WAYS } from '../support/ways';

type Data = RequestOptions['data'];
const MISSING = '/no/such/file';
const FAILED_BEFORE_SENT = { name: 'InvalidRequest', code: 'INVALID_BODY', cause: { code: 'ENOENT' }, sent: 'no' };

/** A file that is missing, and when that was found: on a busy machine it may take long. */
function missingFile(): { readonly file: Readable; readonly failed: Promise<void> } {
  const file = fs.createReadStream(MISSING);
  return { file, failed: new Promise<void>((resolve) => file.once('close', resolve)) };
}

const noToken = async (): Promise<string> => {
  await delay(30);
  throw new Error('no token today');
};

function formWith(file: Readable): LegacyFormData {
  const form = new LegacyFormData();
  form.append('file', file);
  return form;
}

/** A stream whose one chunk has come, and whose end never will. */
function endless(): Readable {
  const stream = new Readable({ read: () => undefined });
  stream.push('the beginning');
  return stream;
}

describe('a stream that fails before it is sent', () => {
  const bodies: Record<string, (file: Readable) => Data> = {
    'a file that is missing': (file) => file,
    'a form with a file that is missing': formWith,
  };

  test.each(Object.entries(bodies))('%s ends the call while it waits for its token', async (_, make) => {
    const api = await service();
    const { file, failed } = missingFile();
    const client = new HTTPClient({ token: async () => failed.then(() => 'mine') });

    const call = client.post(api.url, { data: make(file) });

    await expect(call).rejects.toMatchObject(FAILED_BEFORE_SENT);
    await delay(20);
    expect(api.requests).toEqual([]);
  });

  test.each(Object.entries(bodies))('%s ends the call while it waits for an interceptor', async (_, make) => {
    const api = await service();
    const client = new HTTPClient();
    const { file, failed } = missingFile();
    client.axios.interceptors.request.use(async (config) => failed.then(() => config));

    await expect(client.post(api.url, { data: make(file) })).rejects.toMatchObject(FAILED_BEFORE_SENT);
    await delay(20);
    expect(api.requests).toEqual([]);
  });

  test.each(Object.entries(bodies))('%s brings nothing down where there is no token either', async (_, make) => {
    const client = new HTTPClient({ token: noToken });

    const call = client.post('http://127.0.0.1:1/', { data: make(fs.createReadStream(MISSING)) });

    await expect(call).rejects.toMatchObject({
      name: expect.stringMatching(/^(TokenError|InvalidRequest)$/) as string,
    });
    await delay(10);
  });

  test.each(Object.entries(bodies))('%s brings nothing down where the URL is none', async (_, make) => {
    const call = new HTTPClient({ token: null }).post('ftp://files', { data: make(fs.createReadStream(MISSING)) });

    await expect(call).rejects.toBeInstanceOf(InvalidRequest);
    await delay(10);
  });
});

describe('a healthy stream is destroyed when the call ends before it was sent', () => {
  const aborted = AbortSignal.abort();

  test.each<[string, HTTPClient, string, RequestOptions]>([
    ['for want of a token', new HTTPClient({ token: noToken }), 'http://127.0.0.1:1/', {}],
    ['for its URL', new HTTPClient({ token: null }), 'ftp://files', {}],
    ['by the signal', new HTTPClient({ token: null }), 'http://127.0.0.1:1/', { signal: aborted }],
    [
      'by its deadline',
      new HTTPClient({ token: async () => new Promise<string>(() => undefined) }),
      'http://127.0.0.1:1/',
      { deadline: 0.005 },
    ],
  ])('%s', async (_, client, url, options) => {
    const data = fs.createReadStream(__filename);

    await expect(client.post(url, { ...options, data })).rejects.toMatchObject({ attempts: [] });

    expect(data.destroyed).toBe(true);
  });
});

describe.each(WAYS)('over %s, a stream without a byte', (_, way) => {
  const ended = (): PassThrough => new PassThrough().end();

  test.each<[string, () => Data]>([
    ['that has ended', ended],
    ['that has ended, from a function', () => ended],
    ['of objects', () => Readable.from([])],
    ['of the web', () => new Blob([]).stream()],
  ])('%s is sent', async (__, make) => {
    const api = await service();
    const data = make();
    await new Promise(setImmediate);

    await new HTTPClient().put(api.url, { ...way, data });

    expect(api.requests.map(({ body }) => body.length)).toEqual([0]);
  });
});

describe('a stream of something other than bytes and text', () => {
  test.each<[string, Data]>([
    ['an object', Readable.from([{ a: 1 }])],
    ['a number, after some text', () => Readable.from(['ok', 5])],
    ['an object, in a web stream', ReadableStream.from([{ a: 1 }])],
  ])('%s is INVALID_BODY', async (_, data) => {
    const api = await service();

    const call = new HTTPClient({ retry: { base: 0.001 } }).post(api.url, { data });

    await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', retries: 0 });
    expect(api.requests).toEqual([]);
  });

  test('text, a Buffer and a Uint8Array in one stream arrive', async () => {
    const api = await service();

    await new HTTPClient().post(api.url, { data: Readable.from(['a', Buffer.from('b'), new Uint8Array([99])]) });

    expect(api.requests[0]?.body.toString()).toBe('abc');
  });
});

describe('a stream that fails with something other than an error', () => {
  test.each<[string, () => Data]>([
    [
      'a web stream with text',
      () =>
        new ReadableStream({
          pull: (to) => {
            to.error('oops');
          },
        }),
    ],
    [
      'a web stream with nothing',
      () =>
        new ReadableStream({
          pull: (to) => {
            to.error();
          },
        }),
    ],
    [
      'a stream with text',
      () =>
        new Readable({
          read() {
            this.destroy('oops' as never);
          },
        }),
    ],
    [
      'a stream with nothing',
      () =>
        new Readable({
          read() {
            this.emit('error');
          },
        }),
    ],
  ])('%s ends the call', async (_, make) => {
    const api = await service();

    const call = new HTTPClient({ timeout: 1 }).post(api.url, { data: make() });

    await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', retries: 0 });
    expect(api.requests).toEqual([]);
  });
});

describe('a stream that is destroyed without an error', () => {
  test('is INVALID_BODY, in one attempt', async () => {
    const api = await service();
    const data = endless();
    setTimeout(() => data.destroy(), 10);

    const call = new HTTPClient({ retry: { base: 0.001 } }).post(api.url, { data });

    await expect(call).rejects.toMatchObject({ code: 'INVALID_BODY', attempts: [{ decision: 'fail' }] });
  });

  test('is no stale connection, where the connection is used again', async () => {
    const api = await service();
    const client = new HTTPClient({ retry: { base: 0.001 } });
    await client.get(api.url);
    let made = 0;
    const data = (): Readable => {
      made++;
      const stream = endless();
      setTimeout(() => stream.destroy(), 10);
      return stream;
    };

    await expect(client.post(api.url, { data })).rejects.toMatchObject({ code: 'INVALID_BODY', retries: 0 });

    expect(made).toBe(1);
    expect(api.requests).toHaveLength(1);
  });
});

test.each([
  [undefined, 'application/x-www-form-urlencoded'],
  ['text/plain', 'text/plain'],
])('a function that returns URLSearchParams, with the Content-Type %s, sends %s', async (given, expected) => {
  const api = await service();
  const headers = given === undefined ? {} : { 'Content-Type': given };

  await new HTTPClient().post(api.url, { data: () => new URLSearchParams({ a: '1' }), headers });

  expect(api.requests[0]?.headers['content-type']).toBe(expected);
  expect(api.requests[0]?.body.toString()).toBe('a=1');
});
