import { inspect } from 'node:util';
import { HTTPClient, isRequestException, isResponseValidationError, ResponseValidationError } from '../../src/index';
import { failure } from '../support/outcome';
import { refusing, schemaOf, ticket } from '../support/schemas';
import { service } from '../support/service';

const VERBS = ['getJson', 'postJson', 'putJson', 'patchJson'] as const;

test.each(VERBS)('%s returns what the schema makes of the answer', async (verb) => {
  const api = await service([{ json: { id: '7', title: 'Printer' } }]);

  const answer = await new HTTPClient()[verb](`${api.url}/tickets/7`, { schema: ticket, params: { deep: true } });

  expect(answer).toEqual({ id: 7, title: 'Printer' });
  expect(api.requests[0]).toMatchObject({ method: verb.slice(0, -4).toUpperCase(), url: '/tickets/7?deep=true' });
});

test.each(VERBS)('%s rejects an answer that the schema refuses', async (verb) => {
  const api = await service([{ json: { id: 7 } }]);

  const url = `${api.url}/tickets/7`;

  const error = await failure(new HTTPClient()[verb](url, { schema: ticket }));

  expect(error).toBeInstanceOf(ResponseValidationError);
  expect(error).toMatchObject({ code: 'RESPONSE_INVALID', retryable: false, retries: 0, sent: 'yes', url });
  expect(error.message).toBe(
    `${error.method} ${url}: the response does not match the schema: id: Expected string (a number); title: Expected string (missing)`,
  );
  expect(api.requests).toHaveLength(1);
});

test('the exception has the issues, the answer and the journal', async () => {
  const api = await service([{ status: 503 }, { status: 201, json: { id: 7 } }]);
  const call = new HTTPClient({ retry: { base: 0 } }).getJson(api.url, { schema: ticket });

  const error = await failure(call);

  expect(isResponseValidationError(error) && error.issues).toEqual([
    { path: ['id'], message: 'Expected string' },
    { path: ['title'], message: 'Expected string' },
  ]);
  expect(error.response).toMatchObject({ status: 201, data: { id: 7 }, ok: true });
  expect(error.attempts.map(({ outcome }) => outcome)).toEqual([503, 201]);
});

test('a path may be made of segments', async () => {
  const api = await service([{ json: { list: [{ name: 5 }] } }]);
  const schema = refusing({ message: 'bad', path: [{ key: 'list' }, 0, { key: 'name' }] });

  const error = await failure(new HTTPClient().getJson(api.url, { schema }));

  expect(isResponseValidationError(error) && error.issues).toEqual([{ path: ['list', 0, 'name'], message: 'bad' }]);
  expect(error.message).toContain('list[0].name: bad (a number)');
});

test('a schema may take its time', async () => {
  const api = await service([{ json: { id: '7', title: 'Printer' } }, { json: null }]);
  const client = new HTTPClient();
  const schema = schemaOf(async (value) => Promise.resolve(ticket['~standard'].validate(value)));

  expect(await client.getJson(api.url, { schema })).toEqual({ id: 7, title: 'Printer' });
  await expect(client.getJson(api.url, { schema })).rejects.toBeInstanceOf(ResponseValidationError);
});

test('a schema that gives undefined returns that', async () => {
  const api = await service([{ json: {} }]);

  const schema = schemaOf<unknown>(() => ({ value: undefined }));

  expect(await new HTTPClient().getJson(api.url, { schema })).toBeUndefined();
});

test('a schema may be a function, as those of arktype', async () => {
  const api = await service([{ json: { id: '7', title: 'Printer' } }]);
  const schema = Object.assign(() => undefined, ticket);

  expect(await new HTTPClient().getJson(api.url, { schema })).toEqual({ id: 7, title: 'Printer' });
});

test('what is no JSON does not get as far as the schema', async () => {
  const api = await service([{ body: 'no JSON' }, { status: 404, json: {} }]);
  const client = new HTTPClient();
  const asked = jest.fn(() => ({ issues: [] }));
  const schema = schemaOf(asked);

  await expect(client.getJson(api.url, { schema })).rejects.toMatchObject({ code: 'JSON_INVALID' });
  await expect(client.getJson(api.url, { schema })).rejects.toMatchObject({ code: 'CLIENT_ERROR' });
  expect(asked).not.toHaveBeenCalled();
});

test.each<[string, () => never | Promise<never>]>([
  ['throws', fail],
  ['rejects', async () => Promise.reject(new RangeError('what is secret-pin?'))],
])('a schema that %s is a failure that says so, and quotes nothing of the answer', async (_, validate) => {
  const api = await service([{ json: { pin: 'secret-pin' } }]);

  const error = await failure(new HTTPClient().getJson(api.url, { schema: schemaOf(validate) }));

  expect(isRequestException(error)).toBe(true);
  expect(error).toMatchObject({ code: 'SCHEMA_FAILED', name: 'RequestException', retryable: false, sent: 'yes' });
  expect(error.message).toBe(`GET ${api.url}/: the schema threw a RangeError`);
  const frames: unknown = expect.stringMatching(/^RangeError: what is \*\*\*\?\n {4}at .*validator\.test/);
  expect(error.cause).toMatchObject({ name: 'RangeError', message: 'what is ***?', stack: frames });
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('secret-pin');
  expect(api.requests).toHaveLength(1);
});

test('what a schema throws is cut off where it cannot be looked through', async () => {
  const api = await service([{ json: { pin: 'secret-pin' } }]);
  const schema = schemaOf(() => {
    throw new TypeError(`secret-pin${' '.repeat(2000)}`);
  });

  const error = await failure(new HTTPClient().getJson(api.url, { schema }));

  expect(error.cause).toMatchObject({ name: 'TypeError', message: '' });
});

function fail(): never {
  throw new RangeError('what is secret-pin?');
}

test.each([
  undefined,
  null,
  {},
  'ok',
  { issues: null },
  { issues: 'all' },
  { issues: [null] },
  { issues: [{ path: 5 }] },
])('a schema that gives %j is a failure', async (result) => {
  const api = await service([{ json: {} }]);

  const call = new HTTPClient().getJson(api.url, { schema: schemaOf(() => result as never) });

  await expect(call).rejects.toMatchObject({ code: 'SCHEMA_FAILED', response: { status: 200 } });
});

test('an answer that an interceptor has unwrapped is judged too', async () => {
  const api = await service([{ json: { data: { id: '7', title: 'Printer' } } }, { json: { data: {} } }]);
  const client = new HTTPClient();
  client.axios.interceptors.response.use((response) => (response.data as { data: never }).data);

  expect(await client.getJson(api.url, { schema: ticket })).toEqual({ id: 7, title: 'Printer' });

  const error = await failure(client.putJson(api.url, { schema: ticket }));
  expect(error).toMatchObject({
    code: 'RESPONSE_INVALID',
    method: 'PUT',
    url: api.url,
    sent: 'yes',
    response: undefined,
  });
});

test('an override of a verb applies to its JSON helper', async () => {
  class Stamped extends HTTPClient {
    override get: HTTPClient['get'] = async (url, options) => super.get(url, { ...options, params: { stamp: 1 } });
  }
  const api = await service([{ json: { id: '7', title: 'Printer' } }]);

  await new Stamped().getJson(api.url, { schema: ticket });

  expect(api.requests[0]?.url).toBe('/?stamp=1');
});

test('the issues take part in no printing: they may quote the answer', async () => {
  const api = await service([{ json: { password: 'secret-1' } }]);
  const schema = refusing({ message: 'Expected number but received "secret-1"', path: ['password'] });

  const error = await failure(new HTTPClient().getJson(api.url, { schema }));

  expect(isResponseValidationError(error) && error.issues[0]?.message).toContain('secret-1');
  const printings = [
    inspect(error),
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack,
  ];
  for (const printing of [...printings, inspect(Object.assign({}, error), { depth: 9 })])
    expect(printing).not.toContain('secret-1');
});

describe('the option', () => {
  test.each([
    [null, 'got null'],
    ['user', 'got a string'],
    [{ type: 'object' }, 'got an object without `~standard`'],
    [() => true, 'got a function without `~standard`'],
    [{ '~standard': {} }, 'got an object without'],
  ])('%p is no schema, and nothing is sent', async (schema, words) => {
    const api = await service();

    const call = new HTTPClient().getJson(api.url, { schema: schema as never });

    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.toThrow(
      `Option \`schema\` must be a Standard Schema, for example from zod, valibot or arktype`,
    );
    await expect(call).rejects.toThrow(words);
    expect(api.requests).toHaveLength(0);
  });

  test('belongs to the JSON helpers alone', async () => {
    const api = await service();
    const options: object = { schema: ticket };

    await expect(new HTTPClient().get(api.url, options)).rejects.toThrow('`schema` belongs to `getJson`, `postJson`');
    await expect(new HTTPClient().getJson(api.url, { shema: ticket } as object)).rejects.toThrow(
      'Did you mean `schema`?',
    );
    expect(() => new HTTPClient(options)).toThrow('Unknown option `schema`');
    expect(api.requests).toHaveLength(0);
  });

  test('is none where it is undefined', async () => {
    const api = await service([{ json: { id: 7 } }]);
    const client = new HTTPClient();

    expect(await client.getJson(api.url, { schema: undefined })).toEqual({ id: 7 });
    expect(await client.get(api.url, { schema: undefined } as object)).toMatchObject({ status: 200 });
  });
});
