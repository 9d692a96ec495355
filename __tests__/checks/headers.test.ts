import { checkHeaders } from '../../src/checks/headers';

const SECRET = 's3cret';

function complaint(headers: unknown): string {
  try {
    checkHeaders(headers);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
}

test.each([undefined, {}, { 'X-A': 'b' }, { a: null, b: undefined, c: 1, d: true, e: ['f', 'g'] }, { a: 'tab\tÿ' }])(
  '%j may be sent',
  (headers) => {
    expect(complaint(headers)).toBe('none');
  },
);

test.each<[unknown, string]>([
  [[['X-Key', SECRET]], 'got a list'],
  [new Headers({ 'X-Key': SECRET }), 'got an instance of Headers'],
  [null, 'got null'],
  [new Map([['X-Key', SECRET]]), 'got an instance of Map'],
  [SECRET, 'got a string'],
  [{ 'X Key': SECRET }, "Header names must be HTTP tokens, got 'X', followed by U+0020"],
  [{ 'X-Key': { value: SECRET } }, 'Header `X-Key` must be a string, number or boolean, got an object'],
  [{ 'X-Key': `${SECRET}\r\n` }, 'got U+000D at character 6'],
  [{ 'X-Key': ['a', `${SECRET}\u200b`] }, 'got U+200B at character 6'],
])('%o is refused by name, and its value is not shown', (headers, words) => {
  expect(complaint(headers)).toContain(words);
  expect(complaint(headers)).not.toContain(SECRET);
});
