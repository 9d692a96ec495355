import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import FormDataPackage from 'form-data';
import { HTTPClient } from '../../src/index';
import { measuringOf } from '../../src/request/body';
import { encodeLegacyForm } from '../../src/request/legacy-form';
import { expectNoTimerLeft, failure, timers } from '../support/outcome';
import { service, type Received } from '../support/service';
import { WAYS } from '../support/ways';

type Value = Buffer | Readable;

function form(value?: Value, options?: FormDataPackage.AppendOptions): FormDataPackage {
  const made = new FormDataPackage();
  made.append('name', 'Ada');
  if (value) made.append('file', value, { filename: 'a.bin', ...options });
  return made;
}

const file = (): Readable => createReadStream(__filename);

function framing({ headers, body }: Received): (string | boolean | undefined)[] {
  const length = headers['content-length'];
  return [length === undefined ? 'chunked' : length === String(body.length), headers['transfer-encoding']];
}

test('without streams it becomes the bytes that it would send', () => {
  const made = form(Buffer.from([0, 0xff]));

  expect(encodeLegacyForm(made).body).toEqual(made.getBuffer());
});

test('one that never tells its length is sent without it', async () => {
  jest.useFakeTimers();
  const made = form(file());
  made.getLength = () => undefined;

  const measuring = measuringOf(encodeLegacyForm(made).body);
  jest.advanceTimersByTime(1000);
  jest.useRealTimers();

  await expect(measuring).resolves.toBeUndefined();
});

describe.each(WAYS)('over %s', (_, way) => {
  const client = new HTTPClient({ retry: { base: 0.001 } });
  const send = {
    call: async (url: string, data: FormDataPackage) => client.post(url, { ...way, data }),
    'client.axios': async (url: string, data: FormDataPackage) => client.axios.post(url, data, way as object),
  };

  describe.each(['call', 'client.axios'] as const)('by %s', (means) => {
    test.each<[string, () => FormDataPackage, unknown[]]>([
      ['text alone', () => form(), [true, undefined]],
      ['bytes', () => form(Buffer.from('bytes')), [true, undefined]],
      ['a file', () => form(file()), [true, undefined]],
      ['a stream of known length', () => form(Readable.from(['abc']), { knownLength: 3 }), [true, undefined]],
    ])('a form with %s has its length', async (__, make, expected) => {
      const api = await service();

      await send[means](api.url, make());

      expect(api.requests.map(framing)).toEqual([expected]);
      expect(api.requests[0]?.body.toString()).toContain('name="name"\r\n\r\nAda\r\n');
    });

    test('a form that has been sent or read is INVALID_BODY', async () => {
      const api = await service();
      const sent = form(Readable.from(['abc']));
      const read = form();
      await send[means](api.url, sent);
      read.pipe(new PassThrough()).resume();

      for (const used of [sent, read]) {
        const error = await failure(send[means](api.url, used));

        expect(error).toMatchObject({ code: 'INVALID_BODY', sent: 'no' });
        expect(error.message).toContain('the form has already been read');
      }
      expect(api.requests).toHaveLength(1);
    });

    test('a form without streams is sent again, one with a stream is not', async () => {
      const api = await service([{ status: 503 }, {}, { status: 503 }]);

      await send[means](api.url, form(Buffer.from('bytes')));
      const error = await failure(send[means](api.url, form(file())));

      expect(error.attempts).toMatchObject([{ outcome: 503, reason: 'body-not-replayable' }]);
      expect(api.requests).toHaveLength(3);
      expect(api.requests[1]?.body).toEqual(api.requests[0]?.body);
      expect(api.requests[1]?.headers['content-type']).toBe(api.requests[0]?.headers['content-type']);
    });
  });

  test('postForm has its length, and is sent again', async () => {
    const api = await service([{ status: 503 }, {}]);

    await client.axios.postForm(api.url, { name: 'Ada', file: Buffer.from('bytes') }, way as object);

    expect(api.requests.map(framing)).toEqual([[true, undefined], [true, undefined]]); // prettier-ignore
    expect(api.requests[1]?.body).toEqual(api.requests[0]?.body);
  });

  test('a form that a function makes for each attempt goes with its boundary', async () => {
    const api = await service([{ status: 503 }, { status: 307, headers: { Location: '/moved' } }, {}]);

    await client.post(api.url, { ...way, data: () => form(file()) });

    expect(api.requests.length).toBeGreaterThan(1);
    for (const { headers, body } of api.requests) {
      const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
      expect(body.toString()).toContain(`--${boundary}--`);
    }
  });

  test('a function that returns the same form again does not send it empty', async () => {
    const api = await service([{ status: 503 }]);
    const made = form(Readable.from(['abc']));

    const error = await failure(client.post(api.url, { ...way, data: () => made }));

    expect(error).toMatchObject({ code: 'INVALID_BODY', attempts: [{ outcome: 503 }, { outcome: 'INVALID_BODY' }] });
    expect(api.requests).toHaveLength(1);
  });

  test('a form with a file that was opened before is sent without its length, also by a function', async () => {
    const api = await service();
    const before = timers();
    const opened = form((await open(__filename)).createReadStream());
    const made = form((await open(__filename)).createReadStream());

    await client.post(api.url, { ...way, data: opened });
    await client.post(api.url, { ...way, data: () => made });

    expect(api.requests.map(framing)).toEqual([['chunked', 'chunked'], ['chunked', 'chunked']]); // prettier-ignore
    expect(api.requests[1]?.body.toString()).toContain('was opened before is sent without its length');
    await expectNoTimerLeft(before);
  });

  test('a length that the form promises and does not keep is INVALID_BODY', async () => {
    const api = await service();

    const error = await failure(send.call(api.url, form(Readable.from(['abc']), { knownLength: 9 })));

    expect(error).toMatchObject({ code: 'INVALID_BODY' });
    expect(api.requests).toHaveLength(0);
  });
});

test('a boundary that is not that of the form is refused', async () => {
  const headers = { 'Content-Type': 'multipart/form-data; boundary=other' };

  const error = await failure(new HTTPClient().post('http://127.0.0.1:9', { data: form(), headers }));

  expect(error.message).toMatch(/Content-Type of the form must be boundary=-+\w+, got boundary=other/);
});
