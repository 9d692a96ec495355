import { HTTPClient, isRequestException, type RequestOptions } from '../../../src/index';
import { service } from '../../support/service';

/** What a call with wrong arguments is rejected with; none may reach the service. */
async function refusal(options: unknown): Promise<unknown> {
  const api = await service();
  const error: unknown = await new HTTPClient()
    .get(api.url, options as RequestOptions)
    .catch((thrown: unknown) => thrown);
  expect(api.requests).toHaveLength(0);
  return error;
}

describe('wrong options of a call are told before any request', () => {
  test.each<[unknown, Error]>([
    [{ timeout: 5000 }, new RangeError('Option `timeout` must be in seconds, above 0 and at most 600, got 5000. Did you mean 5?')],
    [{ timeout: -1 }, new RangeError('Option `timeout` must be a number of seconds above 0 and at most 600, or Infinity, got -1')],
    [{ timeout: 0 }, new RangeError('Option `timeout` must be a number of seconds above 0 and at most 600, or Infinity, got 0')],
    [{ timeout: NaN }, new RangeError('Option `timeout` must be a number of seconds above 0 and at most 600, or Infinity, got NaN')],
    [{ timeout: '5s' }, new TypeError("Option `timeout` must be a number of seconds above 0 and at most 600, or Infinity, got '5s'")],
    [{ timeout: null }, new TypeError('Option `timeout` must be a number of seconds above 0 and at most 600, or Infinity, got null')],
    [{ deadline: -1 }, new RangeError('Option `deadline` must be a number of seconds above 0 and at most 600, or Infinity, got -1')],
    [{ retryAttempts: 1.5 }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got 1.5')],
    [{ retryAttempts: 11 }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got 11')],
    [{ retryAttempts: -1 }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got -1')],
    [{ retryAttempts: NaN }, new RangeError('Option `retryAttempts` must be an integer from 0 to 10, got NaN')],
    [{ retryAttempts: '2' }, new TypeError("Option `retryAttempts` must be an integer from 0 to 10, got '2'")],
    [{ circuitBreaker: true }, new TypeError('Option `circuitBreaker` of a call must be false, got true: its options belong to the client, `new HTTPClient({ circuitBreaker: { … } })`')],
    [{ circuitBreaker: {} }, new TypeError('Option `circuitBreaker` of a call must be false, got an object: its options belong to the client, `new HTTPClient({ circuitBreaker: { … } })`')],
    [{ data: 'a', json: {} }, new TypeError('Options `data` and `json` cannot be combined: a request has one body')],
    [{ data: '', json: null }, new TypeError('Options `data` and `json` cannot be combined: a request has one body')],
    [{ headers: { 'X Y': '1' } }, new TypeError("Header names must be HTTP tokens, got 'X', followed by U+0020")],
    [{ headers: { 'X\r\nY': '1' } }, new TypeError("Header names must be HTTP tokens, got 'X', followed by U+000D")],
    [{ headers: { X: {} } }, new TypeError('Header `X` must be a string, number or boolean, got an object')],
    [{ retryAttempt: 1 }, new TypeError('Unknown option `retryAttempt`. Did you mean `retryAttempts`?')],
    [{ timeOut: 1 }, new TypeError('Unknown option `timeOut`. Did you mean `timeout`?')],
    [{ jsn: {} }, new TypeError('Unknown option `jsn`. Did you mean `json`?')],
    [{ param: {} }, new TypeError('Unknown option `param`. Did you mean `params`?')],
    [{ header: {} }, new TypeError('Unknown option `header`. Did you mean `headers`?')],
  ])('%j', async (options, expected) => {
    const error = await refusal(options);

    expect(error).toEqual(expected);
    expect(error).toBeInstanceOf(expected.constructor);
    expect(isRequestException(error)).toBe(false);
  }); // prettier-ignore
});

describe('a token that cannot be sent is told without being echoed', () => {
  test.each<[unknown, string]>([
    ['secret\r\nX-Admin: 1', 'Option `token` must not contain a line break'],
    ['secret\n', 'Option `token` must not contain a line break'],
    ['Bearer secret', 'Option `token` must not contain a space (pass the token without `Bearer `)'],
    ['secret€', 'Option `token` must contain visible ASCII characters only'],
    ['secret\u0000', 'Option `token` must contain visible ASCII characters only'],
    ['', 'Option `token` must not be empty'],
    [5, 'Option `token` must be a string, got a number'],
    [{ secret: 1 }, 'Option `token` must be a string, got an object'],
  ])('%j', async (token, message) => {
    expect(await refusal({ token })).toEqual(new TypeError(message));
  });
});

describe('a header that cannot be sent is told without being echoed', () => {
  test.each([
    ['secret\r\nX-Admin: 1', 'got U+000D at character 6'],
    ['secret\n', 'got U+000A at character 6'],
    ['secret\u0000', 'got U+0000 at character 6'],
    ['\u200bsecret', 'got U+200B at character 0'],
    ['secret\ufeff', 'got U+FEFF at character 6'],
    ['secret€', 'got U+20AC at character 6'],
    [['fine', 'secret\u007f'], 'got U+007F at character 6'],
  ])('%j', async (value, place) => {
    expect(await refusal({ headers: { 'X-Key': value } })).toEqual(
      new TypeError(`Header \`X-Key\` must be Latin-1 text on one line, ${place}`),
    );
  });

  test.each(['X-Key: secret', null, ['secret'], new Headers({ 'X-Key': 'secret' })])(
    'headers that are %p',
    async (headers) => {
      const { message, constructor } = (await refusal({ headers })) as Error;

      expect(constructor).toBe(TypeError);
      expect(message).toMatch(/^Option `headers` must be an object of header values by name, got (?!.*secret)/);
    },
  );

  test('Latin-1 goes through', async () => {
    const api = await service();

    await new HTTPClient().get(api.url, { headers: { 'X-Name': 'Zoë\tÄ' } });

    expect(api.requests[0]?.headers['x-name']).toBe('Zoë\tÄ');
  });
});
