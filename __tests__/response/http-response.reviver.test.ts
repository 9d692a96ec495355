import { HTTPClient, type HTTPClientOptions, type HTTPError } from '../../src/index';
import { failure } from '../support/outcome';
import { service, type Answer } from '../support/service';

const text = '{"at":"1970-01-01T00:00:00.000Z"}';
const at = new Date(0);

const parseReviver: HTTPClientOptions['parseReviver'] = (key: string, value: unknown): unknown =>
  key === 'at' ? new Date(value as string) : value;

const asJSON: Answer = { headers: { 'Content-Type': 'application/json' }, body: text };
const asText: Answer = { headers: { 'Content-Type': 'text/plain' }, body: text };

test.each<[string, Answer, object]>([
  ['a JSON type', asJSON, {}],
  ['another type', asText, {}],
  ['a JSON type, as text', asJSON, { responseType: 'text' }],
  ['a JSON type, as bytes', asJSON, { responseType: 'arraybuffer' }],
])('parseReviver of the call or of the client applies to %s', async (_, answer, options) => {
  const api = await service([answer, answer]);

  const ofCall = await new HTTPClient().getJson(api.url, { ...options, parseReviver });
  const ofClient = await new HTTPClient({ parseReviver }).getJson(api.url, options);

  expect([ofCall, ofClient]).toEqual([{ at }, { at }]);
});

test('it applies to data, to client.axios and before a schema', async () => {
  const api = await service([asJSON, asJSON, asText]);
  const client = new HTTPClient({ parseReviver });
  const validate = jest.fn((value: unknown) => ({ value }));
  const schema = { '~standard': { version: 1, vendor: 'test', validate } } as const;

  expect((await client.get(api.url)).data).toEqual({ at });
  expect((await client.axios.get(api.url)).data).toEqual({ at });
  await client.getJson(api.url, { schema });

  expect(validate).toHaveBeenCalledWith({ at });
});

test('it applies to a problem document', async () => {
  const problem = { headers: { 'Content-Type': 'application/problem+json' }, status: 409, body: text };
  const api = await service([problem, problem]);
  const client = new HTTPClient({ parseReviver });

  const parsed = (await failure(client.get(api.url))) as HTTPError;
  const unparsed = (await failure(client.get(api.url, { responseType: 'text' }))) as HTTPError;

  expect([parsed.problem?.['at'], unparsed.problem?.['at']]).toEqual([at, at]);
});

test.each([asJSON, asText])('if it throws, the failure says so', async (answer) => {
  const api = await service([answer]);
  const refuse = (): never => {
    throw new RangeError('no such date');
  };

  const error = await failure(new HTTPClient().getJson(api.url, { parseReviver: refuse }));

  expect(error).toMatchObject({ code: 'JSON_INVALID', cause: { name: 'RangeError' } });
  expect(error.message).toContain('`parseReviver` failed: no such date');
});
