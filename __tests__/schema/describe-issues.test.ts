import { describeIssues } from '../../src/schema/describe-issues';
import type { SchemaIssue } from '../../src/index';

const at = (message: string, ...path: PropertyKey[]): SchemaIssue => ({ message, path });

test.each<[PropertyKey[], string]>([
  [[], '(root)'],
  [['user', 'name'], 'user.name'],
  [['list', 0, 'id'], 'list[0].id'],
  [[0], '[0]'],
  [['a b', 'c'], '["a b"].c'],
  [['x-id', '7', 'größe'], '["x-id"]["7"].größe'],
  [[Symbol('mark')], '["Symbol(mark)"]'],
])('the path %p is written %s', (path, text) => {
  expect(describeIssues([at('wrong', ...path)], undefined)).toMatch(`${text}: wrong (`);
});

test.each<[unknown, string]>([
  ['x', 'a string'],
  [5, 'a number'],
  [true, 'a boolean'],
  [null, 'null'],
  [[], 'a list'],
  [{}, 'an object'],
])('of %j it tells the kind: %s', (value, kind) => {
  expect(describeIssues([at('wrong', 'a')], { a: value })).toBe(`a: wrong (${kind})`);
});

test.each([{}, null, 'text', { b: { c: 1 } }])('in %j a path that leads nowhere is missing', (answer) => {
  expect(describeIssues([at('wrong', 'b', 'd')], answer)).toBe('b.d: wrong (missing)');
});

test('what an answer inherits is missing in it', () => {
  expect(describeIssues([at('wrong', 'constructor')], {})).toBe('constructor: wrong (missing)');
});

// As zod, valibot, arktype, yup, joi, effect and superstruct word them; and users who change the value before.
test.each([
  ['Invalid input: expected number, received string', 'Invalid input: expected number'],
  ['Invalid type: Expected number but received "s3cret"', 'Invalid type: Expected number'],
  ['Invalid email: Received "S3CRET!"', 'Invalid email'],
  ['must be an email address (was "s3cret")', 'must be an email address'],
  ['must be a `number` type, but the final value was: `"s3cret"`', 'must be a `number` type'],
  ['fails with value "s3cret" to match the required pattern: /^a/', 'fails'],
  ['Expected number, actual "s3cret"', 'Expected number'],
  ['no "s3cret" is known', 'no "***" is known'],
  ['no "S3CRET" is known', 'no "***" is known'],
  ['prefixs3cretsuffix is unknown', 'prefix***suffix is unknown'],
  ['("S3CRET!") must be...\n  ◦ an email address', 'must be... ◦ an email address'],
  [
    'a JSON string (SyntaxError: Unexpected token, ..."3cr"... is not valid JSON)',
    'a JSON string (SyntaxError: Unexpected token, *** is not valid JSON)',
  ],
])('of the words %p it keeps %p', (message, kept) => {
  expect(describeIssues([at(message, 'name')], { name: 's3cret' })).toBe(`name: ${kept} (a string)`);
});

test('no value of the answer is quoted, wherever it stands', () => {
  const answer = {
    list: [{ pin: 1234, age: 12 }],
    text: 'line 1\nline "2"',
    short: 'ab',
    next: { deep: 'secret-deep' },
  };
  const message = `one of 1234, "line 1\\nline \\"2\\"", line 1\nline "2", secret-deep, ab, 12, about 123`;

  expect(describeIssues([at(message)], answer)).toBe(
    '(root): one of ***, "***", ***, ***, ***, ***, about 123 (an object)',
  );
});

test('a value with the words at which messages are cut leaves nothing of itself', () => {
  const answer = { a: 'my word but received later', b: 'it was mine (was it)' };

  expect(
    describeIssues(
      [at('"my word but received later" is taken', 'a'), at('("it was mine (was it)") must be...', 'b')],
      answer,
    ),
  ).toBe('a: "***" is taken (a string); b: must be... (a string)');
});

test('a value that is the name of a type is left in the words of the schema', () => {
  expect(describeIssues([at('Expected string', 'id')], { type: 'string', id: 7 })).toBe(
    'id: Expected string (a number)',
  );
});

test('a value with characters that mean something in a pattern is masked as it is', () => {
  expect(describeIssues([at('no (a+b)*[c]/$1-? here', 'a')], { a: '(a+b)*[c]/$1-?' })).toBe(
    'a: no *** here (a string)',
  );
});

test('a value that is part of another does not leave the rest of it', () => {
  expect(describeIssues([at('no abcdef-secret', 'a')], { a: 'abcdef-secret', b: 'abcdef' })).toContain('no ***');
});

test.each([
  ['user.age', ['user', 'age']],
  ['value at ["a b"].c', ['a b', 'c']],
  ['list[0]', ['list', 0]],
])('the path %s that the words begin with is told once', (start, path) => {
  const text = describeIssues([at(`${start} must be a number (was a string)`, ...path)], {});

  expect(text).toBe(`${start.replace('value at ', '')}: must be a number (missing)`);
});

test('it stays on one line, without control characters', () => {
  expect(describeIssues([at('one\r\ntwo\u001b[31m', 'a\nb')], {})).toBe('["a\\nb"]: one two [31m (missing)');
  expect(describeIssues([at('of gpj.\u202eexe', 'a')], {})).toBe('a: of gpj.\ufffdexe (missing)');
});

test('ten issues are told, and how many more there are', () => {
  const issues = Array.from({ length: 25 }, (_, index) => at('wrong', index));

  const text = describeIssues(issues, []);

  expect(text.split('; ')).toHaveLength(11);
  expect(text).toMatch(/^\[0\]: wrong \(missing\); .*\[9\]: wrong \(missing\); and 15 more$/);
});

test('an issue has 200 characters at most', () => {
  const text = describeIssues([at('wrong '.repeat(50), 'a')], {});

  expect(text).toHaveLength(200);
  expect(text).toMatch(/^a: wrong .*… \(missing\)$/);
});

test('where there is no issue at all, that is told', () => {
  expect(describeIssues([], {})).toBe('(root): the schema does not say why');
});

describe('words that cannot be looked through are left out', () => {
  test('where they are long', () => {
    expect(describeIssues([at(`${'x'.repeat(2000)}secret`, 'a')], { a: 'secret' })).toBe('a: (a string)');
  });

  test('where the answer is large', () => {
    const answer = { a: 'secret', list: Array.from({ length: 10_000 }, (_, index) => index) };

    expect(describeIssues([at('no secret', 'a')], answer)).toBe('a: (a string)');
  });
});

test('an answer that is nested in itself is looked through', () => {
  const answer: Record<string, unknown> = { name: 'secret-name' };
  answer['self'] = answer;

  expect(describeIssues([at('no secret-name')], answer)).toBe('(root): no *** (an object)');
});

test('an answer nested deeper than the stack is looked through', () => {
  let answer: unknown = 'secret-deep';
  for (let depth = 0; depth < 50_000; depth++) answer = [answer];

  expect(describeIssues([at('no secret-deep')], answer)).toBe('(root): no *** (a list)');
});
