import { callForJSON } from '../../src/client/json-call';
import { lostClient } from '../../src/client/lost-client';
import { type HTTPResponse } from '../../src/index';
import { mockClient } from '../../src/testing/index';
import { ticket } from '../support/schemas';

const TICKET = { id: 7, title: 'a ticket' };

test.each(['get', 'post', 'put', 'patch'] as const)('%s: the JSON of the response, by the method of the client', async (verb) => {
  const client = mockClient([{ json: TICKET }]);

  await expect(callForJSON(client, verb, ['http://tickets/7', { headers: { a: '1' } }])).resolves.toEqual(TICKET);

  expect(client.calls).toMatchObject([{ method: verb.toUpperCase(), headers: { a: '1' } }]);
}); // prettier-ignore

test('a schema is not passed on, and an inherited one does not count', async () => {
  const given: unknown[] = [];
  const client = {
    get: async <T>(...args: unknown[]): Promise<HTTPResponse<T>> => {
      given.push(...args);
      return mockClient([{ json: TICKET }]).get<T>('http://tickets/7');
    },
  };
  const inherited = Object.create({ schema: ticket }) as { schema: typeof ticket };

  await callForJSON(client, 'get', ['http://tickets/7', inherited]);

  expect(given[1]).not.toHaveProperty('schema');
});

const UNPARSED = ['stream', 'blob'] as const;

test.each(UNPARSED)('a JSON call that would get a %s is refused before anything is sent', async (responseType) => {
  const client = mockClient([{ json: TICKET }]);
  const expected = `Option \`responseType\` must be 'json', 'text' or 'arraybuffer' for postJson, got '${responseType}': use \`post\``;

  await expect(client.postJson('http://tickets/7', { responseType })).rejects.toThrow(new TypeError(expected));
  await expect(client.postJson('http://tickets/7', { responseType, schema: ticket })).rejects.toThrow(expected);

  expect(client.calls).toEqual([]);
});

test.each(UNPARSED)(
  "a client's responseType %s does not hold for its JSON calls without a word",
  async (responseType) => {
    const client = mockClient([{ json: TICKET }], { responseType });

    await expect(client.getJson('http://tickets/7')).rejects.toThrow(/^Option `responseType` must be 'json'/);
    await expect(client.getJson('http://tickets/7', { responseType: 'json' })).resolves.toEqual(TICKET);
  },
);

test.each(['json', 'text', 'arraybuffer'] as const)('the JSON of a body as %s', async (responseType) => {
  const client = mockClient([{ json: TICKET }], { responseType });

  await expect(client.getJson('http://tickets/7')).resolves.toEqual(TICKET);
});

test('a call without a client, and a wrong schema, throw at once', () => {
  expect(() => callForJSON(undefined, 'put', ['http://tickets/7'])).toThrow(lostClient('putJson'));
  expect(() => callForJSON({}, 'get', ['http://tickets/7'])).toThrow(lostClient('getJson'));
  expect(() => callForJSON(mockClient(), 'get', ['http://tickets/7', { schema: 5 as never }])).toThrow(
    'Option `schema` must be a Standard Schema',
  );
});
