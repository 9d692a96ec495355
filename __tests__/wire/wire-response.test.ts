import { constants } from 'node:buffer';
import { inspect } from 'node:util';
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

test('a response is a plain object, which others can copy, compare and print', () => {
  const config = { headers: new AxiosHeaders() };
  const response = toResponse({ status: 200, statusText: 'OK', headers: {}, request: null }, 'data', config);
  const { headers } = response;

  expect(response).toStrictEqual({ data: 'data', status: 200, statusText: 'OK', headers, config, request: null });
  expect(inspect(response)).toMatch(/^\{\n {2}data: 'data',/);
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

test.each<[string, Buffer, string]>([
  ['in ASCII', Buffer.from('a'), 'a'],
  ['in UTF-8', Buffer.from('aä€'), 'aä€'],
  ['with a byte order mark', Buffer.from('\ufeffä€'), 'ä€'],
  ['with the mark of UTF-16', Buffer.from('\ufeffa', 'utf16le'), 'a'],
  ['that is empty', Buffer.alloc(0), ''],
])('a text %s is read whether its type is usual or not', (_, bytes, text) => {
  for (const type of ['application/json', 'application/json; charset=utf-8', 'application/xml', undefined]) {
    expect(toData(bytes, {}, headOf(type))).toBe(text);
  }
});

test('responseEncoding comes before the charset of a usual type', () => {
  expect(toData(Buffer.from('a\xe4', 'latin1'), { responseEncoding: 'latin1' }, headOf('text/plain'))).toBe('aä');
});

test('a text longer than a string can be is an error, unless there is an error status to report', () => {
  // Zeros that nothing reads take no memory: UTF-8 is refused by its length.
  const bytes = Buffer.alloc(constants.MAX_STRING_LENGTH + 1);
  const config = { validateStatus: (status: number) => status < 400 };

  expect(() => toData(bytes, config, headOf('text/plain'))).toThrow('longer than 536870888 characters');
  expect(toData(bytes, config, headOf('text/plain', 500))).toBe('');
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
