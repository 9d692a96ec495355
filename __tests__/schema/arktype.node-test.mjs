// Jest loads no ES modules, and arktype is one. arktype.test.ts runs this file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type } from 'arktype';
import { createRequire } from 'node:module';

const load = createRequire(`${process.env.PACKAGE}/`);
const { isResponseValidationError } = load('./dist/index.js');
const { mockClient } = load('./dist/testing/index.js');

const SECRET = 's3cret-value';

const read = (json, schema) => mockClient([{ json }]).getJson('http://user-service/', { schema });

async function failure(call) {
  const error = await call.then(assert.fail, (reason) => reason);
  assert.ok(isResponseValidationError(error), inspect(error));
  for (const printed of [inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error), error.stack]) {
    assert.doesNotMatch(printed, /s3cret/i);
  }
  return error;
}

test('morphs and defaults make the value that is returned', async () => {
  const schema = type({
    id: 'string.numeric.parse',
    created: 'string.date.parse',
    tags: type('string[]').default(() => []),
  });

  const ticket = await read({ id: '7', created: '2026-11-22T13:07:36Z' }, schema);

  assert.deepEqual([ticket.id, ticket.created.getUTCFullYear(), ticket.tags], [7, 2026, []]);
});

test('the issues have their paths, and the words of arktype', async () => {
  const schema = type({ users: type({ 'full name': 'string' }).array() });

  const error = await failure(read({ users: [{ 'full name': 'Ada' }, { 'full name': 7 }, {}] }, schema));

  const message = 'users[1]["full name"] must be a string (was a number)';
  assert.deepEqual(error.issues[0], { path: ['users', 1, 'full name'], message });
  assert.match(
    error.message,
    /: users\[1\]\["full name"\]: must be a string \(a number\); users\[2\]\["full name"\]: must be a string \(missing\)$/,
  );
});

test('an issue with the answer as a whole has an empty path', async () => {
  const error = await failure(read(SECRET, type('number')));

  assert.deepEqual(error.issues, [{ path: [], message: 'must be a number (was a string)' }]);
  assert.match(error.message, /: \(root\): must be a number \(a string\)$/);
});

const told = [
  [{ a: 'string.email' }, { a: SECRET }, 'a: must be an email address (a string)'],
  [{ a: "'off' | 'on'" }, { a: SECRET }, 'a: must be "off" or "on" (a string)'],
  [{ a: 'number < 3' }, { a: 987654 }, 'a: must be less than 3 (a number)'],
  [
    { a: 'string.email & string > 50' },
    { a: SECRET },
    'a: must be... ◦ an email address ◦ at least length 51 (a string)',
  ],
  [
    { a: type('string').narrow((text, context) => context.reject({ expected: 'free', actual: text })) },
    { a: SECRET },
    'a: must be free (a string)',
  ],
  [
    { a: 'string.json.parse' },
    { a: `${'x'.repeat(40)}${SECRET}` },
    /^a: must be a JSON string \(SyntaxError: .* is not valid JSON\) \(a string\)$/,
  ],
  [{ 'x-id': 'number' }, { 'x-id': SECRET }, '["x-id"]: must be a number (a string)'],
  [{ '+': 'reject' }, { b: SECRET }, 'b: must be removed (a string)'],
];

for (const [definition, answer, expected] of told) {
  test(`${String(expected)} is told without the value`, async () => {
    const error = await failure(read(answer, type(definition)));

    const text = error.message.replace(/^.*schema: /, '');
    if (typeof expected === 'string') assert.equal(text, expected);
    else assert.match(text, expected);
    assert.doesNotMatch(text, /xxx/);
  });
}
