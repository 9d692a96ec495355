import { inspect } from 'node:util';
import { HTTPClient, isRequestException, type RequestException } from '../../src/index';
import { createException } from '../../src/errors/create';
import { service, type Answer } from '../support/service';

const OPTIONS = { retry: { base: 0.001 }, retryAttempts: 3, token: null };

async function failureOf(call: Promise<unknown>): Promise<RequestException> {
  try {
    await call;
  } catch (error) {
    if (isRequestException(error)) return error;
    throw error;
  }
  throw new Error('the call did not fail');
}

async function down(answer: Answer = { status: 503 }): Promise<string> {
  return (await service([answer])).url;
}

const framesOf = ({ stack = '' }: Error): string[] => stack.split('\n').filter((line) => /^ +at /.test(line));

/** What a service does: a function of its own that awaits the call. */
async function loadUsers(
  client: HTTPClient,
  url: string,
  how: 'get' | 'axios' | 'getJson' | 'adapter',
): Promise<unknown> {
  if (how === 'axios') return await client.axios.get(url);
  if (how === 'adapter') return await client.get(url, { onDownloadProgress: () => undefined });
  return await client[how](url);
}

test.each(['get', 'axios', 'getJson', 'adapter'] as const)(
  'of a call by %s, the stack has the frames of the caller alone, and each once',
  async (how) => {
    const error = await failureOf(loadUsers(new HTTPClient(OPTIONS), await down(), how));

    const frames = framesOf(error);
    expect(frames[0]).toContain('loadUsers');
    expect(frames.filter((frame) => frame.includes('loadUsers'))).toHaveLength(1);
    expect(frames.join('\n')).not.toMatch(/node:internal|[\\/]src[\\/]|node_modules[\\/](axios|undici)/);
  },
);

test.each([0, 10, Infinity])('with a stackTraceLimit of %d the story is told all the same', async (limit) => {
  const before = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = limit;
    const error = await failureOf(loadUsers(new HTTPClient(OPTIONS), await down(), 'get'));

    expect(framesOf(error).some((frame) => frame.includes('loadUsers'))).toBe(limit > 0);
    expect(error.stack).toMatch(/503 Service Unavailable, after 4 attempts in 0\.\d+ s\n[^]*\n {2}#4 /);
  } finally {
    Error.stackTraceLimit = before;
  }
});

/** Ways from the call to the function that awaits it. */
const WAYS: Readonly<Record<string, (client: HTTPClient, url: string) => Promise<unknown>>> = {
  async all(client, url) {
    return await Promise.all([client.get(url), client.get(url)]);
  },
  async allSettled(client, url) {
    const [outcome] = await Promise.allSettled([client.get(url)]);
    throw outcome.status === 'rejected' ? (outcome.reason as Error) : new Error('the call did not fail');
  },
  async race(client, url) {
    return await Promise.race([client.get(url)]);
  },
  async then(client, url) {
    return await client
      .get(url)
      .then(({ data }) => data)
      .finally(() => undefined);
  },
  async stored(client, url) {
    const call = client.get(url);
    await Promise.resolve();
    return await call;
  },
  async interceptor(client, url) {
    client.axios.interceptors.request.use(async (config) => Promise.resolve(config));
    client.axios.interceptors.response.use(undefined, async (error: unknown) => Promise.reject(error));
    return await client.get(url);
  },
};

test.each(Object.keys(WAYS).flatMap((way) => [1, 2, 10].map((limit) => [way, limit] as const)))(
  '%s, with a stackTraceLimit of %d: the first frame is the caller',
  async (way, limit) => {
    const before = Error.stackTraceLimit;
    try {
      Error.stackTraceLimit = limit;
      const error = await failureOf(WAYS[way]?.(new HTTPClient(OPTIONS), await down()) ?? Promise.resolve());

      const frames = framesOf(error);
      expect(frames[0]).toMatch(new RegExp(`[ .]${way} .*story\\.test`));
      expect(frames.length).toBeLessThanOrEqual(limit);
      expect(Error.stackTraceLimit).toBe(limit);
    } finally {
      Error.stackTraceLimit = before;
    }
  },
);

test('where nobody awaits the call while it fails, the stack is the message and the journal', async () => {
  const call = new HTTPClient(OPTIONS).get(await down());
  await new Promise<void>((resolve) => {
    call.catch(() => {
      resolve();
    });
  });

  const { stack = '' } = await failureOf(call);

  expect(stack).toMatch(/^HTTPError \[SERVER_ERROR\]: GET .*\n {6}started /);
  expect(stack).not.toMatch(/^ +at /m);
});

test('the message is the same for each failure of a kind, so that they can be counted', async () => {
  const url = await down();

  const error = await failureOf(new HTTPClient(OPTIONS).get(url));

  expect(error.message).toBe(`GET ${url}/: responded with 503 Service Unavailable`);
});

test('what prints own properties alone, as Node does for an uncaught error, prints the journal once and no absent field', async () => {
  const error = await failureOf(new HTTPClient(OPTIONS).get(await down()));

  const printed = inspect(error, { customInspect: false });

  expect(printed.match(/retries-exhausted/g)).toHaveLength(1);
  expect(printed).not.toMatch(/undefined|isAxiosError/);
  expect(printed.split('\n').length).toBeLessThan(30);
  expect(Object.assign({}, error).attempts).toHaveLength(4);
});

test('the journal stands in the exception that ended the call, and its cause tells only what it was', async () => {
  const client = new HTTPClient({ ...OPTIONS, retry: { base: 5 }, deadline: 0.5 });

  const error = await failureOf(client.get(await down()));

  expect(error.code).toBe('DEADLINE_EXCEEDED');
  for (const options of [{}, { customInspect: false }]) {
    expect(inspect(error, options).match(/#1 {2}/g)).toHaveLength(1);
    expect(inspect(error, options).match(/responded with 503/g)).toHaveLength(1);
  }
  expect(error.cause).toMatchObject({ stack: expect.not.stringMatching('after') as string });
});

test('causes of causes, and exceptions in an AggregateError, are printed once each', async () => {
  const error = await failureOf(new HTTPClient({ retryAttempts: 0 }).get(await down()));
  const cause = createException('INTERCEPTOR_FAILED', { cause: new Error('two', { cause: new Error('three') }) });

  const printed = inspect(new AggregateError([new Error('one', { cause: error }), cause], 'all'));

  for (const part of ['responded with 503', '#1  ', 'Error: two', 'Error: three']) {
    expect(printed.split(part)).toHaveLength(2);
  }
});

test('a stack that somebody sets is theirs', () => {
  const error = createException('CANCELLED');

  error.stack = 'mine';

  expect(error.stack).toBe('mine');
  expect(inspect(error)).toMatch(/^mine\n/);
});

test('a copy of an exception has the stack', () => {
  const error = createException('CANCELLED');

  expect(structuredClone<Error>(error).stack).toBe(error.stack);
});

test.each([
  [{ title: 'Out of stock', detail: '3 of 5\n#1 left' }, 'problem: Out of stock: 3 of 5 #1 left'],
  [{ detail: 'token=abc is old' }, 'problem: token=*** is old'],
])('the words of the problem document %j are told', async (problem, line) => {
  const headers = { 'Content-Type': 'application/problem+json' };
  const url = await down({ status: 422, headers, body: JSON.stringify(problem) });

  const error = await failureOf(new HTTPClient({ logErrorBody: true }).get(url));

  expect(error.stack?.split('\n').at(-1)).toBe(`  ${line}`);
  const json = JSON.parse(JSON.stringify(error)) as { readonly problem: object };
  expect(Object.keys(json.problem)).toEqual(Object.keys(problem));
  expect(json).not.toHaveProperty('body');
});

test.each([
  [{ json: { error: 'no such user', password: 'p' } }, 'body: {"error":"no such user","password":***}'],
  [{ body: 'no\nsuch user' }, 'body: no such user'],
])('another body is told only if the client or the call asks for it', async (answer, line) => {
  const url = await down({ status: 422, ...answer });

  const silent = await failureOf(new HTTPClient({ logErrorBody: true }).get(url, { logErrorBody: false }));
  const asked = [new HTTPClient({ logErrorBody: true }).get(url), new HTTPClient().get(url, { logErrorBody: true })];

  expect(inspect(silent) + JSON.stringify(silent)).not.toMatch('no such');
  for (const call of asked) {
    const error = await failureOf(call);
    expect(inspect(error)).toContain(`\n  ${line}\n`);
    expect(error.toJSON()).toMatchObject({ body: line.slice('body: '.length) });
  }
});
