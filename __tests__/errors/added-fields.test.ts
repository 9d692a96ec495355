import { inspect } from 'node:util';
import { addedFields } from '../../src/errors/added-fields';
import { ERROR_CODES } from '../../src/errors/classes';
import type { ErrorCode } from '../../src/errors/codes';
import { createException } from '../../src/errors/create';

test.each(Object.keys(ERROR_CODES) as ErrorCode[])('a new %s has no added fields', (code) => {
  const error = createException(code, { phase: 'body', retryAfter: 1, position: 2, issues: [], cause: new Error('a') });

  expect(addedFields(error)).toEqual({});
});

test('texts, numbers and booleans are told, each in one line and without secrets', () => {
  const error = Object.assign(createException('CANCELLED'), {
    level: 'error',
    userId: 7,
    isKnown: false,
    token: 'abc',
    note: 'password=abc\nand Bearer abcDEF123456',
    from: 'https://ada:pw@example.com/x',
  });
  const added = {
    level: 'error',
    userId: 7,
    isKnown: false,
    token: '***',
    note: 'password=*** and Bearer ***',
    from: 'https://example.com/x',
  };

  expect(addedFields(error)).toEqual(added);
  expect(JSON.parse(JSON.stringify(error))).toMatchObject(added);
  expect(inspect(error)).toContain(
    '\n  sent: no, retryable: false, level: error, userId: 7, isKnown: false, token: ***',
  );
});

test.each([
  [{ headers: { authorization: 'Bearer abc' } }],
  [['abc']],
  [null],
  [undefined],
  [() => 'abc'],
  [Symbol('abc')],
])('what may hold anything is left out: %p', (details) => {
  const error = Object.assign(createException('CANCELLED'), { details });

  expect(addedFields(error)).toEqual({});
  expect(inspect(error) + JSON.stringify(error)).not.toMatch(/abc|details/);
});

test('a long text is cut', () => {
  expect(addedFields({ note: 'x'.repeat(600) })).toEqual({ note: `${'x'.repeat(500)}…` });
});
