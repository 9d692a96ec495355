import { HTTPClient, type HTTPClientOptions } from '../../src/index';
import { mockClient, startService, type MockAnswer, type Script, type Service } from '../../src/testing/index';
import { failure } from '../support/outcome';

// A mistake in a script is told, and passes for no failure of the network: code that tolerates those would hide it.

const URL = 'http://user-service:8000/users';
const client = new HTTPClient({ retryAttempts: 0 });
const running = new Set<Service>();

afterEach(async () => {
  for (const one of running) await one.close();
  running.clear();
});

afterAll(() => {
  client.close();
});

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

const MISTAKES: [string, Script<MockAnswer>, string][] = [
  ['gives no answer', (() => undefined) as never, 'it returned undefined instead of a response'],
  ['gives a text', (() => 'body') as never, 'it returned a string instead of a response'],
  ['gives JSON in a circle', [{ json: cyclic }], 'circular structure'],
  ['gives what is no JSON, later', [{ json: 1n, delay: 0.01 }], 'BigInt'],
  ['has a typo', [{ stauts: 503 } as never], 'Unknown property of a response `stauts`. Did you mean `status`?'],
  ['has the name of another tool', [{ statusCode: 503 } as never], 'Unknown property of a response `statusCode`'],
  ['has no valid status', [{ status: 99 }], '`status` must be an integer from 100 to 999, got 99'],
  ['is late before it begins', [{ delay: -1 }], '`delay` must be a number of seconds from 0 upwards'],
  ['has two bodies', [{ json: 1, body: 'x' }], 'a response has either `body` or `json`, not both'],
  ['throws what has a code of Node', () => Promise.reject(reset), 'reset'],
];

test.each(MISTAKES)('a script that %s fails the call of a mock client at once', async (_, script, reason) => {
  const mock = mockClient(script);

  const error = await failure(mock.get(URL));

  expect(error).toMatchObject({ code: 'REQUEST_FAILED', retries: 0 });
  expect(error.message).toContain('The script failed: ');
  expect(error.message).toContain(reason);
  expect(mock.requests).toHaveLength(1);
});

test.each(MISTAKES)('a script that %s makes a service answer 500', async (_, script, reason) => {
  const api = await startService(script);
  running.add(api);

  const { status, response } = await failure(client.get(api.url));

  expect(status).toBe(500);
  expect(response?.data).toContain(reason);
});

test.each<[string, Parameters<typeof startService>[0]]>([
  ['a header that cannot be written', [{ headers: { 'x-a': 'a\nb' } }]],
  ['such a header, later', [{ headers: { 'x-a': 'a\nb' }, delay: 0.01 }]],
  ['a handler that rejects', [{ handle: async () => Promise.reject(new Error('mine')) }]],
  [
    'a handler that throws',
    [
      {
        handle: () => {
          throw new Error('mine');
        },
      },
    ],
  ],
])('a service answers 500 to %s', async (_, script) => {
  const api = await startService(script);
  running.add(api);

  expect(await failure(client.get(api.url))).toMatchObject({ status: 500 });
});

test('a number for a header is written as Node does', async () => {
  const answers = [{ headers: { 'x-count': 1 } as never }];
  const api = await startService(answers);
  running.add(api);

  expect((await mockClient(answers).get(URL)).headers['x-count']).toBe('1');
  expect((await client.get(api.url)).headers['x-count']).toBe('1');
});

test('a handler of a service is given the body, which has been read', async () => {
  const api = await startService([{ handle: (_, response, { body }) => response.end(`got ${body.toString()}`) }]);
  running.add(api);

  expect((await client.post(api.url, { data: 'hello' })).data).toBe('got hello');
});

test('a service whose requests are cleared goes on in its script', async () => {
  const api = await startService([{ body: 'first' }, { body: 'second' }]);
  running.add(api);

  await client.get(api.url);
  api.requests.length = 0;

  expect((await client.get(api.url)).data).toBe('second');
  expect(api.requests).toHaveLength(1);
});

test('a call of a mock client with an adapter of its own is refused: it would go out', async () => {
  const mock = mockClient();

  await expect(mock.get('http://127.0.0.1:1/', { adapter: 'http' })).rejects.toThrow(TypeError);
  expect(mock.unsent).toMatchObject([{ message: expect.stringContaining('must not set `adapter`') as string }]);
});

test.each<[HTTPClientOptions['retry'], number]>([
  [undefined, 0],
  [{ base: undefined }, 0],
  [{ factor: 3 }, 0],
  [{ base: 0.01 }, 0.01],
])('with retry: %j a mock client waits %d s', async (retry, wait) => {
  const mock = mockClient([{ status: 503 }, {}], { retry });

  await mock.get(URL);

  expect(mock.calls[0]?.attempts[0]?.wait).toBe(wait);
});

test.each([5, null, 'x'])('retry: %j is refused as by any client', (retry) => {
  const options = { retry: retry as never };
  const messageOf = (make: () => unknown): string => {
    try {
      return String(make());
    } catch (error) {
      return (error as Error).message;
    }
  };

  expect(messageOf(() => mockClient([], options))).toBe(messageOf(() => new HTTPClient(options)));
});
