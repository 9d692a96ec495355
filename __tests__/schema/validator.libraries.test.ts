import { inspect } from 'node:util';
import * as v from 'valibot';
import { z } from 'zod';
import { HTTPClient, isResponseValidationError, type StandardSchema } from '../../src/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const SECRET = 's3cret-value';

/** What becomes of an answer that a schema reads. */
async function read<T>(json: unknown, schema: StandardSchema<unknown, T>): Promise<T> {
  const api = await service([{ json }]);
  return new HTTPClient().postJson(api.url, { schema });
}

/** What the message says is wrong, where a schema refuses an answer. */
async function complaint(json: unknown, schema: StandardSchema): Promise<string> {
  const error = await failure(read(json, schema));
  expect(isResponseValidationError(error)).toBe(true);
  for (const printed of [inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error), String(error.stack)]) {
    expect(printed).not.toMatch(/s3cret/i);
  }
  return error.message.replace(/^.*schema: /, '');
}

describe('zod', () => {
  test('transforms, defaults and coercions make the value that is returned', async () => {
    const schema = z.object({
      id: z.string().transform(Number),
      created: z.coerce.date(),
      tags: z.array(z.string()).default([]),
    });

    const ticket = await read({ id: '7', created: '2026-11-22T13:07:36Z', other: 1 }, schema);

    // Types that are not these would not compile.
    const id: number = ticket.id;
    expect([id, ticket.created.getUTCFullYear(), ticket.tags.length]).toEqual([7, 2026, 0]);
    expect(ticket).not.toHaveProperty('other');
  });

  test('asynchronous refinements and transforms are waited for', async () => {
    const isFree = async (name: string): Promise<boolean> => Promise.resolve(name === 'ada');
    const schema = z
      .object({ name: z.string().refine(isFree, 'is taken') })
      .transform(async ({ name }) => Promise.resolve(name.toUpperCase()));

    expect(await read({ name: 'ada' }, schema)).toBe('ADA');
    expect(await complaint({ name: SECRET }, schema)).toBe('name: is taken (a string)');
  });

  test('the issues have their paths, and the words of zod', async () => {
    const schema = z.object({ users: z.array(z.object({ 'full name': z.string() })) });

    const error = await failure(read({ users: [{ 'full name': 'Ada' }, { 'full name': 7 }, {}] }, schema));

    const message = 'Invalid input: expected string, received';
    expect(isResponseValidationError(error) && error.issues).toEqual([
      { path: ['users', 1, 'full name'], message: `${message} number` },
      { path: ['users', 2, 'full name'], message: `${message} undefined` },
    ]);
    expect(error.message).toMatch(
      /: users\[1\]\["full name"\]: Invalid input: expected string \(a number\); users\[2\]\["full name"\]: [\w :]+ \(missing\)$/,
    );
  });

  test.each<[StandardSchema, unknown, string]>([
    [z.number(), SECRET, '(root): Invalid input: expected number (a string)'],
    [z.object({ a: z.literal('x') }), { a: SECRET }, 'a: Invalid input: expected "x" (a string)'],
    [z.object({ a: z.enum(['on', 'off']) }), { a: SECRET }, 'a: Invalid option: expected one of "on"|"off" (a string)'],
    [z.object({ a: z.email() }), { a: SECRET }, 'a: Invalid email address (a string)'],
    [
      z.object({ a: z.string().min(50) }),
      { a: SECRET },
      'a: Too small: expected string to have >=50 characters (a string)',
    ],
    [z.object({ a: z.string().regex(/^q/) }), { a: SECRET }, 'a: Invalid string: must match pattern /^q/ (a string)'],
    [z.object({ a: z.coerce.date() }), { a: SECRET }, 'a: Invalid input: expected date (a string)'],
    [z.object({ a: z.union([z.number(), z.null()]) }), { a: SECRET }, 'a: Invalid input (a string)'],
    [
      z.object({ a: z.string().refine(() => false, { error: ({ input }) => `no ${String(input)}` }) }),
      { a: SECRET },
      'a: no *** (a string)',
    ],
  ])('%# is told without the value', async (schema, answer, text) => {
    expect(await complaint(answer, schema)).toBe(text);
  });

  test('a transform that throws is a failure that quotes nothing', async () => {
    const schema = z.string().transform((text) => JSON.parse(text) as unknown);

    const error = await failure(read(`${'x'.repeat(40)}${SECRET}`, schema));

    expect(error).toMatchObject({ code: 'SCHEMA_FAILED', cause: { name: 'SyntaxError' } });
    expect(inspect(error)).not.toMatch(/x{3}|s3cret/);
  });
});

describe('valibot', () => {
  test('transforms and defaults make the value that is returned', async () => {
    const schema = v.object({
      id: v.pipe(v.string(), v.transform(Number)),
      tags: v.optional(v.array(v.string()), []),
    });

    const ticket = await read({ id: '7' }, schema);

    const id: number = ticket.id;
    expect([id, ticket.tags.length]).toEqual([7, 0]);
  });

  test('asynchronous checks and transforms are waited for', async () => {
    const schema = v.objectAsync({
      name: v.pipeAsync(
        v.string(),
        v.checkAsync(
          async (name) => Promise.resolve(name === 'ada'),
          ({ input }) => `${input} is taken`,
        ),
        v.transformAsync(async (name) => Promise.resolve(name.toUpperCase())),
      ),
    });

    expect(await read({ name: 'ada' }, schema)).toEqual({ name: 'ADA' });
    expect(await complaint({ name: SECRET }, schema)).toBe('name: *** is taken (a string)');
  });

  test('the issues have their paths, and the words of valibot', async () => {
    const schema = v.object({ users: v.array(v.object({ name: v.string() })) });

    const error = await failure(read({ users: [{ name: 'Ada' }, { name: 7 }] }, schema));

    expect(isResponseValidationError(error) && error.issues).toEqual([
      { path: ['users', 1, 'name'], message: 'Invalid type: Expected string but received 7' },
    ]);
    expect(error.message).toMatch(/: users\[1\]\.name: Invalid type: Expected string \(a number\)$/);
  });

  const a = (schema: v.GenericSchema): v.GenericSchema => v.object({ a: schema });

  test.each<[StandardSchema, unknown, string]>([
    [v.number(), SECRET, '(root): Invalid type: Expected number (a string)'],
    [a(v.string()), {}, 'a: Invalid key: Expected "a" (missing)'],
    [a(v.literal('x')), { a: SECRET }, 'a: Invalid type: Expected "x" (a string)'],
    [a(v.picklist(['on', 'off'])), { a: SECRET }, 'a: Invalid type: Expected ("on" | "off") (a string)'],
    [a(v.pipe(v.string(), v.email())), { a: SECRET }, 'a: Invalid email (a string)'],
    [a(v.pipe(v.string(), v.minLength(50))), { a: SECRET }, 'a: Invalid length: Expected >=50 (a string)'],
    [
      a(v.pipe(v.string(), v.startsWith('s3cret-vul'))),
      { a: SECRET.slice(0, 6) },
      'a: Invalid start: Expected "***-vul" (a string)',
    ],
    // What is made of the value before it is looked at.
    [
      a(
        v.pipe(
          v.string(),
          v.transform((text) => `${text}-s3cret`),
          v.regex(/^q/),
        ),
      ),
      { a: 'xy' },
      'a: Invalid format: Expected /^q/ (a string)',
    ],
    [v.strictObject({}), { b: SECRET }, 'b: Invalid key: Expected never (a string)'],
  ])('%# is told without the value', async (schema, answer, text) => {
    expect(await complaint(answer, schema)).toBe(text);
  });
});
