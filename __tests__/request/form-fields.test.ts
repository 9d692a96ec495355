import { Call } from '../../src/call/call';
import { encodeFields, multipartFields } from '../../src/request/form-fields';

const call = new Call('POST', 'http://a/');
const fields = { a: 1, b: ['x', null, true], c: undefined, d: new Date(0), e: 10n };

test('a list repeats its field, and null and undefined are left out', () => {
  expect(encodeFields(fields, call)).toBe('a=1&b=x&b=true&d=1970-01-01T00%3A00%3A00.000Z&e=10');
  expect([...multipartFields(fields, call)]).toEqual([
    ['a', '1'],
    ['b', 'x'],
    ['b', 'true'],
    ['d', '1970-01-01T00:00:00.000Z'],
    ['e', '10'],
  ]);
});

test('a multipart form can have files and bytes, and no nested data', async () => {
  const file = new File(['text'], 'a.txt');

  const [[, first], [, second], [, third]] = [
    ...multipartFields({ file, bytes: Buffer.from('bytes'), buffer: new Uint8Array([65]).buffer }, call),
  ] as [[string, File], [string, Blob], [string, Blob]];

  expect(first).toBe(file);
  expect([await second.text(), await third.text()]).toEqual(['bytes', 'A']);
  expect(() => [...multipartFields({ user: { name: 'Ada' } }, call)]).toThrow('for nested data use `json`');
});

test('an invalid Date is refused by the name of its field', () => {
  expect(() => encodeFields({ due: new Date(NaN) }, call)).toThrow(
    'form field `due` must be a string, number, boolean or a list of them, got an invalid Date',
  );
});
