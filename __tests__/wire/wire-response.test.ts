import { constants } from 'node:buffer';
import { AxiosHeaders } from 'axios';
import { isAccepted, toData, toResponse } from '../../src/wire/wire-response';

type Headers = InstanceType<typeof AxiosHeaders>;

const headOf = (contentType: string | undefined, status = 200): Parameters<typeof toData>[2] => ({
  status,
  headers: { 'content-type': contentType },
});

test('validateStatus decides whether a status is accepted; without one, every status is', () => {
  const below400 = (status: number): boolean => status < 400;

  expect(isAccepted({ status: 399 }, { validateStatus: below400 })).toBe(true);
  expect(isAccepted({ status: 400 }, { validateStatus: below400 })).toBe(false);
  expect(isAccepted({ status: 500 }, { validateStatus: null })).toBe(true);
  expect(isAccepted({ status: 500 }, {})).toBe(true);
});

test('a response has the fields of axios', () => {
  const config = { headers: new AxiosHeaders() };
  const request = {};
  const head = { status: 201, statusText: 'Created', headers: { 'x-id': '7', 'set-cookie': ['a', 'b'] }, request };

  const response = toResponse(head, 'data', config);

  expect(response).toMatchObject({ status: 201, statusText: 'Created', data: 'data' });
  expect(response.headers).toBeInstanceOf(AxiosHeaders);
  expect(response.headers['set-cookie']).toEqual(['a', 'b']);
  expect([response.config, response.request]).toEqual([config, request]);
});

test('headers from the wire are not compared with one another, as a thousand of them would block the process', () => {
  const headers = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x-${n}`, String(n)]));
  const visits = jest.spyOn(AxiosHeaders.prototype, 'normalize');

  const response = toResponse({ status: 200, statusText: '', headers, request: {} }, '', {
    headers: new AxiosHeaders(),
  });

  expect((response.headers as Headers).normalize(false)).toBe(response.headers);
  expect(visits).not.toHaveBeenCalled();
  visits.mockRestore();
});

test.each(['normalize', 'constructor', 'set'])('a header of the name `%s` does not hide the method', (name) => {
  const headers = { [name]: 'value', 'x-id': '7' };

  const response = toResponse({ status: 200, statusText: '', headers, request: {} }, '', {
    headers: new AxiosHeaders(),
  });

  expect((response.headers as Headers).normalize(false)).toBe(response.headers);
  expect((response.headers as Headers).get(name)).toBe('value');
  expect((response.headers as Headers).set('x-id', '8').get('x-id')).toBe('8');
});

test('without a head there is no status', () => {
  expect(toResponse(undefined, '', { headers: new AxiosHeaders() })).toMatchObject({ status: 0, statusText: '' });
});

describe('text', () => {
  test.each<[string, string | undefined, Buffer]>([
    ['without a content type is UTF-8', undefined, Buffer.from('ä€')],
    ['without a charset is UTF-8', 'text/plain', Buffer.from('ä€')],
    ['may have a byte order mark', 'text/plain', Buffer.from('\ufeffä€')],
    ['follows the charset', 'text/plain; charset=utf-16le', Buffer.from('ä€', 'utf16le')],
    ['follows a quoted charset', 'text/plain; charset="utf-16be"; a=b', Buffer.from([0, 0xe4, 0x20, 0xac])],
    ['follows a charset in single quotes', "text/plain; charset='utf-16le'", Buffer.from('ä€', 'utf16le')],
    ['follows its byte order mark', 'text/plain', Buffer.from('\ufeffä€', 'utf16le')],
    ['follows its big-endian mark', 'application/json', Buffer.from('\ufeffä€', 'utf16le').swap16()],
    ['follows its mark before the charset', 'text/plain; charset=utf-16', Buffer.from('\ufeffä€', 'utf16le').swap16()],
    ['of an unknown charset is taken for UTF-8', 'text/plain; charset=klingon', Buffer.from('ä€')],
  ])('%s', (_, contentType, bytes) => {
    expect(toData(bytes, {}, headOf(contentType))).toBe('ä€');
  });

  test('follows responseEncoding before the charset', () => {
    const bytes = Buffer.from([0xe4]);

    expect(toData(bytes, { responseEncoding: 'latin1' }, headOf('text/plain; charset=utf-8'))).toBe('ä');
  });

  test.each(['base64', 'base64url', 'HEX', 'binary', 'latin1', 'ascii', 'utf16le', 'ucs-2'] as const)(
    'in %s is what Buffer makes of the bytes, as in axios',
    (encoding) => {
      const bytes = Buffer.from([0xfe, 0xff, 0, 0x80, 0x93, 0xff, 0x41, 0]);
      const expected = bytes.toString(encoding as BufferEncoding);

      expect(toData(bytes, { responseEncoding: encoding }, headOf('text/plain; charset=utf-8'))).toBe(expected);
    },
  );

  test('in an encoding that only TextDecoder knows follows that', () => {
    expect(toData(Buffer.from([0x83, 0x65]), { responseEncoding: 'shift_jis' }, undefined)).toBe('テ');
  });

  test('longer than a string can be is an error, unless there is an error status to report', () => {
    // Zeros that nothing reads take no memory: UTF-8 is refused by its length.
    const bytes = Buffer.alloc(constants.MAX_STRING_LENGTH + 1);
    const config = { validateStatus: (status: number) => status < 400 };

    expect(() => toData(bytes, config, headOf('text/plain'))).toThrow('longer than 536870888 characters');
    expect(toData(bytes, config, headOf('text/plain', 500))).toBe('');
  });

  test('that is broken is mended, not refused', () => {
    expect(toData(Buffer.from([0x61, 0xff]), {}, undefined)).toBe('a\ufffd');
  });
});

test('responseType arraybuffer gives the bytes as they came', () => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff]);

  expect(toData(bytes, { responseType: 'arraybuffer' }, undefined)).toBe(bytes);
});

test.each([
  ['image/png', 'image/png'],
  [undefined, ''],
])('responseType blob gives a Blob of the type %p', async (contentType, type) => {
  const blob = toData(Buffer.from('a'), { responseType: 'blob' }, headOf(contentType)) as Blob;

  expect([blob.type, await blob.text()]).toEqual([type, 'a']);
});
