import { decodeText } from '../../src/response/decode-text';
import { expectLinear } from '../support/linear';

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
  ['follows a charset without a semicolon', 'text/plain charset=utf-16le', Buffer.from('ä€', 'utf16le')],
  ['follows the charset after a quoted one', 'a/b; c="charset=utf-8"; Charset=utf-16le', Buffer.from('ä€', 'utf16le')],
  ['does not follow what is in quotes', 'application/json; x="charset=latin1"', Buffer.from('ä€')],
  ['does not follow what is in quotes after a semicolon', 'a/b; profile="c; charset=utf-16"; d=e', Buffer.from('ä€')],
  ['does not follow a name that ends alike', 'text/plain; x-charset=latin1', Buffer.from('ä€')],
  ['of an unknown charset is taken for UTF-8', 'text/plain; charset=klingon', Buffer.from('ä€')],
])('text %s', (_, contentType, bytes) => {
  expect(decodeText(bytes, undefined, contentType)).toBe('ä€');
});

test('text follows responseEncoding before the charset', () => {
  const bytes = Buffer.from([0xe4]);

  expect(decodeText(bytes, 'latin1', 'text/plain; charset=utf-8')).toBe('ä');
});

test.each(['base64', 'base64url', 'HEX', 'binary', 'latin1', 'ascii', 'utf16le', 'ucs-2'] as const)(
  'text in %s is what Buffer makes of the bytes, as in axios',
  (encoding) => {
    const bytes = Buffer.from([0xfe, 0xff, 0, 0x80, 0x93, 0xff, 0x41, 0]);
    const expected = bytes.toString(encoding as BufferEncoding);

    expect(decodeText(bytes, encoding, 'text/plain; charset=utf-8')).toBe(expected);
  },
);

test('text in an encoding that only TextDecoder knows follows that', () => {
  expect(decodeText(Buffer.from([0x83, 0x65]), 'shift_jis', undefined)).toBe('テ');
});

test('text that is broken is mended, not refused', () => {
  expect(decodeText(Buffer.from([0x61, 0xff]), undefined, undefined)).toBe('a\ufffd');
});

test('the bytes may be part of a larger memory, or no Buffer at all', () => {
  const memory = Buffer.from('xäx');

  expect(decodeText(new Uint8Array(memory.buffer, memory.byteOffset + 1, 2), null, 'text/plain')).toBe('ä');
  expect(decodeText(new TextEncoder().encode('ä').buffer, null, 'text/plain')).toBe('ä');
});

test('a hostile content type takes linear time', () => {
  expectLinear((contentType) => decodeText(Buffer.from('ä'), undefined, contentType), 'text/plain; ');
});
