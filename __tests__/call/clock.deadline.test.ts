import { setTimeout as pause } from 'node:timers/promises';
import { DeadlineExceeded, HTTPClient, Timeout, type HTTPClientOptions } from '../../src/index';
import { failure, timers } from '../support/outcome';
import { service, type Answer } from '../support/service';

const SILENCE: Answer = { handle: () => undefined };
const clients: HTTPClient[] = [];

function makeClient(options: HTTPClientOptions): HTTPClient {
  const client = new HTTPClient(options);
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

test('a deadline that is shorter than the timeout cuts the attempt', async () => {
  const api = await service([SILENCE]);

  const error = await failure(makeClient({ timeout: 5, deadline: 0.3 }).get(api.url));

  expect(error).toBeInstanceOf(DeadlineExceeded);
  expect(error).toBeInstanceOf(Timeout);
  expect(error).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    phase: 'headers',
    sent: 'maybe',
    retries: 0,
    retryable: false,
  });
  expect(error.message).toBe(`GET ${api.url}/: no response within the deadline of 0.3 s`);
  expect(error.cause).toBeUndefined();
  expect(error.elapsed).toBeGreaterThan(0.29);
  expect(error.elapsed).toBeLessThan(2);
  expect(api.requests).toHaveLength(1);
});

test('the last attempt has what is left of the deadline, and the failure before it is the cause', async () => {
  const api = await service([{ status: 503, delay: 60 }, SILENCE]);

  const error = await failure(makeClient({ timeout: 5, deadline: 1, retry: { base: 0.01 } }).get(api.url));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retries: 1, cause: { code: 'SERVER_ERROR', status: 503 } });
  expect(error.elapsed).toBeLessThan(2.5);
  expect(error.attempts).toMatchObject([
    { outcome: 503, decision: 'retry', wait: 0.01 },
    { outcome: 'DEADLINE_EXCEEDED', decision: 'fail' },
  ]);
  expect(error.attempts[1]?.elapsed).toBeLessThan(error.elapsed - 0.05);
});

test('no wait begins that cannot fit', async () => {
  const api = await service([{ status: 503 }]);

  const error = await failure(makeClient({ deadline: 5, retry: { base: 20 } }).post(api.url));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retries: 0, phase: 'body', sent: 'yes' });
  expect(error.message).toBe(`POST ${api.url}/: another attempt would exceed the deadline of 5 s`);
  expect(error.response).toMatchObject({ status: 503 });
  expect(error.cause).toMatchObject({ name: 'HTTPError', status: 503, attempts: error.attempts });
  expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'fail', reason: 'deadline' }]);
  expect(error.elapsed).toBeLessThan(4);
});

test.each([
  ['a refused connection', 'connect', 'no', 'CONNECTION_REFUSED'],
  ['a timeout', 'headers', 'maybe', 'TIMEOUT'],
] as const)('after %s the phase is that of the failure before', async (_, phase, sent, code) => {
  const api = await service([SILENCE]);
  if (code === 'CONNECTION_REFUSED') await api.close();

  const error = await failure(makeClient({ deadline: 0.6, timeout: 0.3 }).get(api.url));

  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', phase, sent, cause: { code }, response: undefined });
});

test('a failure that no retry would mend is told as it is, deadline or not', async () => {
  const api = await service([{ status: 404 }]);

  expect(await failure(makeClient({ deadline: 5 }).get(api.url))).toMatchObject({ code: 'CLIENT_ERROR' });
});

test('the last failure is told as it is where the retries are used up', async () => {
  const api = await service([{ status: 503 }]);

  const error = await failure(makeClient({ deadline: 5, retryAttempts: 0 }).get(api.url));

  expect(error).toMatchObject({ code: 'SERVER_ERROR', attempts: [{ reason: 'retries-disabled' }] });
});

test('a connection that hangs is cut, and nothing was sent', async () => {
  const client = makeClient({ deadline: 0.05, lookup: () => undefined });

  expect(await failure(client.get('http://service.test/'))).toMatchObject({ phase: 'connect', sent: 'no' });
});

test('a body that stalls is cut', async () => {
  const api = await service([
    { handle: (_, response) => response.writeHead(200, { 'content-length': '9' }).write('x') },
  ]);

  expect(await failure(makeClient({ deadline: 0.5 }).get(api.url))).toMatchObject({ phase: 'body', sent: 'yes' });
});

test('a client has a deadline for each of its calls, a call its own', async () => {
  const api = await service([{ delay: 150 }]);
  const client = makeClient({ deadline: 0.8 });

  for (let count = 0; count < 6; count++) await client.get(api.url);
  expect(await failure(client.get(api.url, { deadline: 0.02 }))).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(await makeClient({ deadline: 0.02 }).get(api.url, { deadline: Infinity })).toMatchObject({ status: 200 });
});

test('calls on `axios` have the deadline too', async () => {
  const api = await service([SILENCE]);

  expect(await failure(makeClient({ deadline: 0.3 }).axios.get(api.url))).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    phase: 'headers',
  });
  expect(await failure(makeClient({}).axios.get(api.url, { deadline: 0.3 }))).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    phase: 'headers',
  });
});

describe('the token', () => {
  const never = async (): Promise<string> => new Promise(() => undefined);

  test('is waited for until the deadline, and its source told to stop', async () => {
    const api = await service();
    const signals: (AbortSignal | undefined)[] = [];
    const getToken = async ({ signal }: { signal?: AbortSignal | undefined }): Promise<string> => {
      signals.push(signal);
      return never();
    };

    const error = await failure(makeClient({ token: { getToken }, deadline: 0.05 }).get(api.url));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', phase: 'connect', sent: 'no', attempts: [] });
    expect(error.message).toBe(`GET ${api.url}/: no token within the deadline of 0.05 s`);
    expect(signals[0]?.aborted).toBe(true);
    expect(api.requests).toEqual([]);
  });

  test('of a retry is waited for until the deadline; the failure before is the cause', async () => {
    const api = await service([{ status: 503 }]);
    const tokens = [async () => Promise.resolve('first')];
    const token = async (): Promise<string> => (tokens.pop() ?? never)();

    const error = await failure(makeClient({ token, deadline: 0.4, retry: { base: 0.001 } }).get(api.url));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', retries: 0, cause: { code: 'SERVER_ERROR' } });
    expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'retry', wait: 0.001 }]);
  });

  test('that replaces a rejected one is waited for until the deadline; the rejection is the cause', async () => {
    const api = await service([{ status: 401 }]);
    const tokens = [async () => Promise.resolve('first')];
    const token = { getToken: async () => (tokens.pop() ?? never)(), invalidate: () => undefined };

    const error = await failure(makeClient({ token, deadline: 0.2 }).get(api.url));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', cause: { code: 'CLIENT_ERROR', status: 401 } });
  });

  test('that takes its time leaves less for the attempt', async () => {
    const api = await service([SILENCE]);
    const token = async (): Promise<string> => {
      await pause(100);
      return 'late';
    };

    const error = await failure(makeClient({ token, deadline: 0.5 }).get(api.url));

    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', phase: 'headers' });
    expect(error.attempts[0]?.elapsed).toBeLessThan(error.elapsed - 0.09);
  });

  test('that cannot be renewed for a retry leaves the line of the attempt before as it was', async () => {
    const api = await service([{ status: 503 }]);
    const tokens = ['first'];
    const token = (): string => {
      const next = tokens.pop();
      if (next === undefined) throw new Error('out of tokens');
      return next;
    };

    const error = await failure(makeClient({ token, retry: { base: 0.001 } }).get(api.url));

    expect(error).toMatchObject({ code: 'TOKEN_UNAVAILABLE', retries: 0 });
    expect(error.attempts).toMatchObject([{ outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.001 }]);
  });
});

test('a deadline frees socket and timers, whether it was kept or not', async () => {
  const api = await service(({ url }) => (url === '/silent' ? SILENCE : {}));
  const client = makeClient({ deadline: 0.4 });
  const token = async (): Promise<string> => Promise.resolve('abc');
  await client.get(api.url);
  const before = timers();

  await Promise.all([failure(client.get(`${api.url}/silent`)), makeClient({ deadline: 60, token }).get(api.url)]);

  // Node's own timers for idle sockets come and go.
  for (let waited = 0; waited < 200 && timers() > before; waited++) await pause(5);
  expect(timers()).toBeLessThanOrEqual(before);
  for (const one of clients) one.close();
  for (let waited = 0; waited < 100 && (await api.connections()) > 0; waited++) await pause(5);
  expect(await api.connections()).toBe(0);
});
