import { HTTPClient, type RequestOptions } from '../../src/index';
import { readArguments } from '../../src/client/call-arguments';
import { AXIOS_OPTIONS } from '../../src/client/options/option-names';
import { callOptionNames } from '../../src/client/options/unknown-options';
import { AXIOS_OPTION_VALUES } from '../support/axios-option-values';
import { service, type Service } from '../support/service';

const KNOWN = callOptionNames(undefined);
const TABLE = Object.entries(AXIOS_OPTION_VALUES);

const client = new HTTPClient({ retryAttempts: 0 });
let api: Service;

beforeEach(async () => {
  api = await service();
});

/** What the option is refused with by every verb, and by the constructor; nothing may reach the service. */
async function refusalsOf(name: string, value: unknown): Promise<readonly unknown[]> {
  const options = { [name]: value } as RequestOptions;
  const calls = [
    client.get(api.url, options),
    client.getJson(api.url, options),
    client.delete(api.url, options),
    client.post(api.url, { ...options, json: {} }),
    client.put(api.url, { ...options, data: 'x' }),
    client.request('REPORT', api.url, { ...options, json: 1 }),
    client.post(api.url, options),
    client.patchJson(api.url, options),
  ];
  const outcomes = await Promise.allSettled(calls);
  expect(api.requests).toEqual([]);
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as unknown) : 'no refusal'));
}

test('every option of axios has values in the table', () => {
  expect(Object.keys(AXIOS_OPTION_VALUES).sort()).toEqual([...AXIOS_OPTIONS].sort());
  expect(TABLE.filter(([, { right, wrong }]) => right.length === 0 || wrong.length === 0)).toEqual([]);
});

describe('a wrong value is refused by each verb and by the constructor', () => {
  test.each(TABLE)('%s', async (name, { wrong }) => {
    for (const value of wrong) {
      const refusals = await refusalsOf(name, value);

      for (const refusal of refusals) {
        expect([TypeError, RangeError]).toContain((refusal as Error).constructor);
        expect((refusal as Error).message).toMatch(`Option \`${name}\` must `);
        expect((refusal as Error).message).not.toContain('s3cret');
      }
      expect(() => new HTTPClient({ [name]: value })).toThrow(`Option \`${name}\` must `);
    }
  });
});

describe('a right value is accepted', () => {
  test.each(TABLE)('%s', (name, { right }) => {
    for (const value of [...right, undefined]) {
      const options = { [name]: value } as RequestOptions;

      expect(readArguments('GET', ['http://a', options], KNOWN)).toEqual(options);
      expect(readArguments('POST', ['http://a', options], KNOWN)).toEqual(options);
      expect(readArguments('POST', ['http://a', { ...options, json: 1 }], KNOWN)).toEqual({ ...options, json: 1 });
      expect(() => {
        new HTTPClient(options).close();
      }).not.toThrow();
    }
  });
});

describe('the message has name, expectation and value', () => {
  test.each<[string, unknown, Error]>([
    ['responseType', 'buffer', new TypeError("Option `responseType` must be one of 'json', 'text', 'arraybuffer', 'blob', 'stream', 'formdata', 'document', 'response', got 'buffer'")],
    ['responseEncoding', 5, new TypeError("Option `responseEncoding` must be an encoding of Buffer, such as 'latin1' or 'base64', or of TextDecoder, got 5")],
    ['maxContentLength', '5mb', new TypeError("Option `maxContentLength` must be a number of bytes, or -1 or Infinity for no limit, got '5mb'")],
    ['maxContentLength', -2, new RangeError('Option `maxContentLength` must be a number of bytes, or -1 or Infinity for no limit, got -2')],
    ['maxRedirects', false, new TypeError('Option `maxRedirects` must be a number of redirects; 0 follows none, got false')],
    ['validateStatus', false, new TypeError('Option `validateStatus` must be a function, or null to accept every status, got false')],
    ['decompress', 'gzip', new TypeError("Option `decompress` must be true or false, got 'gzip'")],
    ['httpAgent', {}, new TypeError('Option `httpAgent` must be an agent, such as `new http.Agent(…)`, got an object')],
    ['httpsAgent', { rejectUnauthorized: false }, new TypeError('Option `httpsAgent` must be an agent, such as `new https.Agent(…)`, got an object')],
    ['adapter', 'htp', new TypeError("Option `adapter` must be a function, 'http' or 'fetch', or a list of these, got 'htp'")],
    ['family', 5, new RangeError('Option `family` must be 4 or 6, got 5')],
    ['lookup', 'x', new TypeError('Option `lookup` must be a function, got a string')],
    ['auth', 'u:s3cret', new TypeError('Option `auth` must be { username, password }, got a string')],
    ['proxy', 'http://u:s3cret@p', new TypeError('Option `proxy` must be { host, port } or false, got a string')],
    ['signal', new AbortController(), new TypeError('Option `signal` must be an AbortSignal, got an instance of AbortController')],
  ])('%s: %p', async (name, value, expected) => {
    const error: unknown = await client.get(api.url, { [name]: value }).catch((thrown: unknown) => thrown);

    expect(error).toEqual(expected);
    expect(error).toBeInstanceOf(expected.constructor);
    expect(api.requests).toEqual([]);
  }); // prettier-ignore
});

test('on client.axios, options are as axios has them', async () => {
  const options = { validateStatus: false, decompress: 'gzip', maxRedirects: null } as never;

  await client.axios.get(api.url, options);

  expect(api.requests).toHaveLength(1);
});

test('`auth` without a password sends an empty one', async () => {
  const api = await service();

  await new HTTPClient().get(api.url, { auth: { username: 'u' } as never });

  expect(api.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:').toString('base64')}`);
});

test('a signal that is not of this realm is one all the same', async () => {
  const api = await service([{ delay: 2000 }]);
  const followers: (() => void)[] = [];
  const signal = {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (_: string, follower: () => void) => followers.push(follower),
    removeEventListener: () => undefined,
  };
  setTimeout(() => {
    signal.aborted = true;
    for (const follower of followers) follower();
  }, 20);

  const call = new HTTPClient().get(api.url, { signal: signal as never });

  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
});

test.each([
  ['text', 'abc'],
  ['negative', -1],
  ['no number', Number.NaN],
] as const)('a `deadline` on client.axios that is %s is INVALID_OPTION', async (_, deadline) => {
  const api = await service();

  const call = new HTTPClient().axios.get(api.url, { deadline: deadline as number });

  await expect(call).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('`deadline`') as string,
  });
  expect(api.requests).toEqual([]);
});
