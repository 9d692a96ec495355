import { AssertionError } from 'node:assert';
import { HTTPClient } from '../../src/index';
import { assertCalled, assertCalls, assertRequested, assertRequests, mockClient } from '../../src/testing/index';
import type { ExpectedCall, MockClient } from '../../src/testing/index';
import { failure } from '../support/outcome';
import { service } from '../support/service';

const HOST = 'http://user-service:8000';

/** Two calls: a GET that fails at first, and a POST. */
async function called(): Promise<MockClient> {
  const client = mockClient([{ status: 503 }, { json: {} }, { status: 201 }], { token: 'a-token' });
  await client.get(`${HOST}/users`, { params: { page: 2 } });
  await client.post(`${HOST}/users`, { json: { name: 'Ada' }, token: null, headers: { 'X-Tenant': 'acme' } });
  return client;
}

/** What an assertion had to say. */
function complaint(assertion: () => void): AssertionError {
  try {
    assertion();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error('the assertion held');
}

test.each<ExpectedCall>([
  {},
  { method: 'GET', url: '/users?page=2', token: 'a-token', attempts: [503, 200] },
  { method: 'get', url: `${HOST}/users?page=2`, attempts: 2 },
  { method: 'POST', token: null, json: { name: 'Ada' }, attempts: 1 },
  { url: '/users', body: '{"name":"Ada"}', headers: { 'x-tenant': 'acme', 'Content-Type': 'application/json' } },
  { method: 'POST', headers: { Authorization: undefined } },
])('%j was called', async (expected) => {
  const client = await called();

  expect(() => {
    assertCalled(client, expected);
  }).not.toThrow();
});

test.each<ExpectedCall>([
  { method: 'PUT' },
  { url: '/user' },
  { url: 'http://other/users' },
  { token: 'another' },
  { method: 'GET', token: null },
  { method: 'POST', json: { name: 'Eve' } },
  { method: 'GET', json: {} },
  { body: '{}' },
  { headers: { 'X-Tenant': 'other' } },
  { method: 'POST', headers: { 'X-Tenant': undefined } },
  { method: 'GET', attempts: 3 },
  { attempts: [200] },
  { attempts: ['TIMEOUT', 200] },
])('%j was not called', async (expected) => {
  const client = await called();

  expect(() => {
    assertCalled(client, expected);
  }).toThrow(AssertionError);
});

test('the complaint shows the nearest call, and what is different about it', async () => {
  const client = await called();

  const error = complaint(() => {
    assertCalled(client, { method: 'POST', url: '/users', token: 'a-token' });
  });

  expect(error.message).toMatch(/^None of the 2 calls matches; closest:\n/);
  expect(error.message).toMatch(/^\+ +token: null,?$/m);
  expect(error.message).toMatch(/^- +token: 'a-token',?$/m);
  expect(error).toMatchObject({
    code: 'ERR_ASSERTION',
    actual: { method: 'POST', url: '/users', token: null },
    expected: { method: 'POST', url: '/users', token: 'a-token' },
  });
});

test('the complaint leads to the line of the test', async () => {
  const client = await called();

  const { stack = '' } = complaint(() => {
    assertCalled(client, { method: 'PUT' });
  });

  expect(stack.split('\n').find((line) => line.startsWith('    at '))).toContain('assert-calls.test.ts');
});

test('the complaint about a single call says so', async () => {
  const client = mockClient();
  await client.get(HOST);

  const { message } = complaint(() => {
    assertCalled(client, { method: 'PUT' });
  });

  expect(message).toMatch(/^The only call does not match:\n/);
});

test('the complaint says so where nothing was called', () => {
  const error = complaint(() => {
    assertCalled(mockClient(), { method: 'GET' });
  });

  expect(error.message).toMatch(/^No call was made\n/);
  expect(error.message).toMatch(/^- +method: 'GET'$/m);
});

test('the complaint tells of calls for which nothing was sent', async () => {
  const client = mockClient([{ status: 500 }], {
    token: () => Promise.reject(new Error('no token today')),
    retryAttempts: 0,
  });
  await failure(client.getJson('/users/7'));
  await failure(client.get(HOST));
  await failure(client.get(HOST, { timeout: -1 }));
  await failure(client.get(HOST, { token: null }));

  const { message } = complaint(() => {
    assertCalls(client, [{}, {}]);
  });

  expect(message.split('\n').slice(0, 5)).toEqual([
    'Expected 2 calls, got 1:',
    expect.stringMatching(/^Nothing was sent for: GET \/users\/7: the URL must be absolute/),
    expect.stringMatching(/^Nothing was sent for: GET http:\/\/user-service:8000\/: .*no token today/),
    expect.stringMatching(/^Nothing was sent for: Option `timeout` must be/),
    '+ actual - expected',
  ]);
  expect(() => {
    assertCalled(client, { method: 'PUT' });
  }).toThrow(/^The only call does not match:\nNothing was sent for: GET/);
});

test('the calls were these, in this order', async () => {
  const client = await called();

  expect(() => {
    assertCalls(client, [{ method: 'GET', attempts: 2 }, { method: 'POST' }]);
    assertCalls(mockClient(), []);
  }).not.toThrow();
});

test.each<[string, ExpectedCall[]]>([
  ['another order', [{ method: 'POST' }, { method: 'GET' }]],
  ['one missing', [{}, {}, {}]],
  ['one too many', [{ method: 'GET' }]],
  ['none', []],
])('the calls were not these: %s', async (_, expected) => {
  const client = await called();

  const error = complaint(() => {
    assertCalls(client, expected);
  });

  expect(error.message).toMatch(/^Expected \d calls?, (got 2|but they differ):\n/);
});

test('the complaint tells of one too many what it was', async () => {
  const client = await called();

  const error = complaint(() => {
    assertCalls(client, [{ method: 'GET' }]);
  });

  expect(error.message).toMatch(/method: 'POST',?\n.*url: '\/users'/);
});

test('each attempt is a request, of a mock client', async () => {
  const client = await called();

  assertRequests(client, [{ method: 'GET' }, { method: 'GET', token: 'a-token' }, { method: 'POST', token: null }]);
  assertRequested(client, { json: { name: 'Ada' } });
  expect(() => {
    assertRequests(client, [{}, {}]);
  }).toThrow('Expected 2 requests, got 3');
});

test('requests are looked at on the other side too', async () => {
  const api = await service([{ status: 503 }, {}]);

  await new HTTPClient({ token: 'a-token', retry: { base: 0 } }).get(`${api.url}/users`);

  assertRequested(api, { method: 'GET', url: '/users', token: 'a-token' });
  assertRequests(api, [{ url: '/users' }, { url: `${api.url}/users` }]);
  expect(() => {
    assertRequested(api, { token: 'another' });
  }).toThrow('None of the 2 requests matches');
});

test('a body is compared as it is after its way over the wire', async () => {
  const client = mockClient();

  await client.post(HOST, { json: { at: new Date(0), none: undefined, list: [1] } });

  assertCalled(client, { json: { at: new Date(0), none: undefined, list: [1] } });
  assertCalled(client, { json: { list: [1], at: '1970-01-01T00:00:00.000Z' } });
});

test('a body that is no JSON is shown as text', async () => {
  const client = mockClient();

  await client.post(HOST, { data: 'no JSON' });

  expect(
    complaint(() => {
      assertCalled(client, { json: {} });
    }).actual,
  ).toEqual({ json: 'no JSON' });
});

test.each([
  ['http://user-service:8000', 'http://user-service:8000'],
  ['http://x:80/a', 'http://x:80/a'],
  ['http://user-service:8000/ü?q=a b', '/ü?q=a b'],
  ['http://user-service:8000//a/b', '//a/b'],
])('a call to %s is found by %s', async (url, expected) => {
  const client = mockClient();
  await client.get(url);

  assertCalled(client, { url: expected });
  expect(() => {
    assertCalled(client, { url: `${expected}/other` });
  }).toThrow(AssertionError);
});

test('bytes are compared as bytes', async () => {
  const client = mockClient();
  await client.post('http://user-service:8000/', { data: Buffer.from([0xfe, 0xff]) });

  assertCalled(client, { body: new Uint8Array([0xfe, 0xff]) });
  expect(() => {
    assertCalled(client, { body: Buffer.from([0xff, 0xfe]) });
  }).toThrow(AssertionError);
});
