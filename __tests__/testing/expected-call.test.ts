import { HTTPClient } from '../../src/index';
import { assertCalled, assertCalls, assertRequested, assertRequests, mockClient } from '../../src/testing/index';

const ASSERTIONS = { assertCalled, assertCalls, assertRequested, assertRequests } as unknown as Readonly<
  Record<string, (source: unknown, expected: unknown) => void>
>;
const client = mockClient([{}]);

/** What an assertion says of its arguments. */
function complaint(name: string, source: unknown, expected: unknown): unknown {
  try {
    ASSERTIONS[name]?.(source, expected);
  } catch (error) {
    return error;
  }
  return 'nothing';
}

beforeAll(async () => {
  await client.get('http://user-service:8000/users');
});

test.each([
  [undefined, 'undefined'],
  [new HTTPClient(), 'an instance of HTTPClient'],
  [client.calls, 'a list'],
])('%p is not what assertions are made about', (source, got) => {
  const call = new TypeError(`The first argument must be a mock client, got ${got}`);
  const request = new TypeError(`The first argument must be a scripted service or a mock client, got ${got}`);

  expect(complaint('assertCalled', source, {})).toEqual(call);
  expect(complaint('assertCalls', source, [])).toEqual(call);
  expect(complaint('assertRequested', source, {})).toEqual(request);
  expect(complaint('assertRequests', source, [])).toEqual(request);
});

test.each([
  [undefined, 'The expected call must be an object, got undefined'],
  [7, 'The expected call must be an object, got 7'],
  [[{ method: 'GET' }], 'The expected call must be an object, got a list'],
  [{ metod: 'GET' }, 'Unknown property of a call `metod`. Did you mean `method`?'],
  [{ method: 7 }, 'Option `method` must be a string, got 7'],
  [{ url: /users/ }, 'Option `url` must be a string, got an instance of RegExp'],
  [{ token: 7 }, 'Option `token` must be a string, or null for none, got 7'],
  [{ headers: null }, 'Option `headers` must be an object of values by name, got null'],
  [{ headers: new Headers() }, 'Option `headers` must be an object of values by name, got an instance of Headers'],
  [{ body: { id: 1 } }, 'Option `body` must be a string or bytes, got an object'],
  [{ json: 1n }, 'Option `json` must be a JSON value, got a bigint'],
  [{ json: () => 1 }, 'Option `json` must be a JSON value, got a function'],
  [{ attempts: '1' }, 'Option `attempts` must be a number or a list, got a string'],
  [{ hedged: 1 }, 'Option `hedged` must be true or false, got 1'],
])('of a call that was made, %p is not an expectation', (expected, message) => {
  expect(complaint('assertCalled', client, expected)).toEqual(new TypeError(message));
  expect(complaint('assertCalls', client, [expected])).toEqual(new TypeError(message));
});

test('the properties of a request are fewer', () => {
  const error = new TypeError(
    'Unknown property of a request `attempts`. Known: `method`, `url`, `token`, `headers`, `body`, `json`.',
  );

  expect(complaint('assertRequested', client, { attempts: 0 })).toEqual(error);
  expect(complaint('assertRequests', client, [{ attempts: 0 }])).toEqual(error);
});

test.each([{ method: 'GET' }, undefined, 'GET'])('%p is not a list of expectations', (expected) => {
  expect(complaint('assertCalls', client, expected)).toEqual(
    expect.objectContaining({ message: expect.stringMatching(/^The expected calls must be a list, got /) as string }),
  );
});

test('what is undefined is not checked', () => {
  expect(complaint('assertCalled', client, { method: 'GET', url: undefined, json: undefined })).toBe('nothing');
});
