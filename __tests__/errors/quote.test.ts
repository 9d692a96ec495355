import { Readable } from 'node:stream';
import { printQuotes, quoteBody, quoteProblem, quotesOf } from '../../src/errors/quote';

const bytes = new TextEncoder().encode('no such user');

test.each([
  ['no such user', 'text/html', 'no such user'],
  [bytes, 'text/plain; charset=utf-8', 'no such user'],
  [bytes.buffer, 'application/problem+json', 'no such user'],
  [bytes, 'application/xml', 'no such user'],
  [Buffer.from('ni\xf1o', 'latin1'), 'text/plain; charset=iso-8859-1', 'niño'],
  [{ user: 'ada', token: 'a' }, 'application/json', '{"user":"ada","token":***}'],
  [Object.assign(Object.create(null), { id: 1 }), '', '{"id":1}'],
  [[1, 2], '', '[1,2]'],
  [12, '', '12'],
  ['{"secret":{"a":1},"id":2}', 'text/plain', '{"secret":***,"id":2}'],
  ['[1, 2', 'text/plain', '[1, 2'],
  ['x'.repeat(600), 'text/plain', `${'x'.repeat(500)}…`],
])('of the body %j of type %s is quoted %s', (data, type, quote) => {
  expect(quoteBody(data, type)).toBe(quote);
});

// As FastAPI, express-validator, Spring, FluentValidation and Joi quote the value that they refuse, and HAR writes a header.
test.each<object>([
  { detail: [{ type: 'string_too_short', loc: ['body', 'password'], msg: 'Too short', input: 's3cr3t' }] },
  { errors: [{ type: 'field', value: 's3cr3t', msg: 'Invalid value', path: 'user.password', location: 'body' }] },
  { errors: [{ defaultMessage: 'too short', objectName: 'user', field: 'password', rejectedValue: 's3cr3t' }] },
  { errors: [{ propertyName: 'Pin', errorMessage: 'too short', attemptedValue: ['s3cr3t'] }] },
  { details: [{ path: ['apiKey'], context: { label: 'apiKey', value: { raw: 's3cr3t' } } }] },
  { headers: [{ name: 'Authorization', value: 's3cr3t' }] },
])('the value of a field that an object names is not quoted: %j', (data) => {
  const quote = quoteBody(data, 'application/json');

  expect(quote).toContain('***');
  expect(quote).not.toContain('s3cr3t');
  expect(quoteBody(JSON.stringify(data), 'text/plain')).toBe(quote);
});

test.each<object>([
  { loc: ['body', 'age'], msg: 'Not a number', input: 'x' },
  { field: 'age', message: 'the token and the password are valid', value: 7 },
])('that of another field is: %j', (data) => {
  expect(quoteBody(data, 'application/json')).toBe(JSON.stringify(data));
});

test.each([
  ['', 'text/plain'],
  [' \n', 'text/plain'],
  [bytes, 'image/png'],
  [bytes, 'application/octet-stream'],
  [bytes, undefined],
  ['\u0000\u0001', undefined],
  ['PNG \uFFFD', ''],
  ['no such user', 'application/octet-stream'],
  [{ id: 1 }, 'image/png'],
  [Readable.from(['a']), 'text/plain'],
  [new Blob(['a']), 'text/plain'],
  [undefined, undefined],
  [null, undefined],
])('of the body %p of type %s nothing is quoted', (data, type) => {
  expect(quoteBody(data, type)).toBeUndefined();
});

test('data that an interceptor has replaced by what is no JSON is not quoted', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;

  expect(quoteBody(circle, 'application/json')).toBeUndefined();
});

test('a problem document without words is not quoted', () => {
  expect(quoteProblem({ type: 'about:blank' })).toBeUndefined();
  expect(quoteProblem(undefined)).toBeUndefined();
});

test('title and detail are quoted, each if it is there', () => {
  expect(quoteProblem({ type: 'a', title: 'T', detail: 'D', token: 'x' })).toEqual({ title: 'T', detail: 'D' });
  expect(printQuotes({ problem: { title: 'T', detail: 'D' } })).toEqual(['problem: T: D']);
  expect(printQuotes({ problem: { detail: 'D' } })).toEqual(['problem: D']);
  expect(printQuotes({ problem: { title: 'T' }, body: 'B' })).toEqual(['problem: T', 'body: B']);
  expect(printQuotes({})).toEqual([]);
});

test('a body is quoted only if it is asked for, and never that of a problem document', () => {
  const response = { data: 'text', headers: {} };
  const config = { logErrorBody: true } as never;

  expect(quotesOf({ response, config })).toEqual({ body: 'text' });
  expect(quotesOf({ response })).toEqual({});
  expect(quotesOf({ config })).toEqual({});
  expect(quotesOf({ response: { data: '', headers: {} }, config })).toEqual({});
  expect(quotesOf({ response, config, problem: { type: 'a' } })).toEqual({});
  expect(quotesOf({ response, problem: { type: 'a', title: 'T' } })).toEqual({ problem: { title: 'T' } });
});

test('of a long body, only as many members are looked at as a quote may show', () => {
  let reads = 0;
  const item = {
    get name() {
      reads++;
      return 'ada';
    },
  };

  const quote = quoteBody(Array.from({ length: 200_000 }).fill(item), 'application/json');

  expect(quote).toMatch(/^(?:[[,]\{"name":"ada"\})+.*…$/);
  expect(reads).toBeLessThan(50_000);
});

test('a file or a long list as the value of a field is not taken for the name of one', () => {
  const data = {
    name: 'photo',
    input: 'ab',
    content: `${'x'.repeat(5000)}token`,
    tags: [...Array<string>(1000).fill('a'), 'pin'],
  };

  expect(quoteBody(data, 'application/json')).toMatch(/^\{"name":"photo","input":"ab","content":"x+…$/);
});

test('a text as the name of a field is not searched for words: of 20 MB, that takes seconds', () => {
  const echo = 'aA'.repeat(1000);

  expect(quoteBody({ [echo]: 'ada' }, 'application/json', [echo])).toBe('{"***":"***"}');
});
