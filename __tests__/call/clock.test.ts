import http from 'node:http';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Call } from '../../src/call/call';
import { HTTPClient, Timeout, type HTTPClientOptions } from '../../src/index';
import { expiryException, startClock, type Expiry } from '../../src/call/clock';
import { failure, timers } from '../support/outcome';
import { service, type Answer } from '../support/service';

const clients: HTTPClient[] = [];

function makeClient(options: HTTPClientOptions): HTTPClient {
  const client = new HTTPClient({ retryAttempts: 0, retry: { base: 0.001 }, ...options });
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** Sends head and first byte, then a byte every 100 ms, a hundred times. */
const DRIP: Answer = {
  handle: (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('x');
    const timer = setInterval(() => response.write('x'), 100).unref();
    response.once('close', () => {
      clearInterval(timer);
    });
  },
};

const STALL: Answer = {
  handle: (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('x');
  },
};

const SILENCE: Answer = { handle: () => undefined };

/** Waits until `isTrue`, a second at most. */
async function eventually(isTrue: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < 1000; waited += 5) {
    if (await isTrue()) return true;
    await pause(5);
  }
  return false;
}

describe('a timeout tells how far the attempt got:', () => {
  test('connect, where the name is being looked up', async () => {
    const client = makeClient({ timeout: 0.05, lookup: () => undefined });

    const error = await failure(client.post('http://service.test/'));

    expect(error).toBeInstanceOf(Timeout);
    expect(error).toMatchObject({ code: 'TIMEOUT', phase: 'connect', sent: 'no', retryable: true });
    expect(error.message).toBe('POST http://service.test/: no connection within the timeout of 0.05 s');
  });

  test('connect, where all connections of an agent are busy', async () => {
    const api = await service([SILENCE]);
    const httpAgent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const client = makeClient({ httpAgent });
    const first = failure(client.get(api.url, { timeout: 0.4 }));

    const error = await failure(client.get(api.url, { timeout: 0.05 }));

    expect(error).toMatchObject({ phase: 'connect', sent: 'no' });
    expect(await first).toMatchObject({ phase: 'headers' });
    expect(api.requests).toHaveLength(1);
    httpAgent.destroy();
  });

  test.each<[string, Answer, string, string]>([
    ['headers', SILENCE, 'maybe', 'no response'],
    ['body', STALL, 'yes', 'no complete body'],
    ['body', DRIP, 'yes', 'no complete body'],
  ])('%s', async (phase, answer, sent, words) => {
    const api = await service([answer]);

    const error = await failure(makeClient({ timeout: 0.3 }).get(api.url));

    expect(error).toMatchObject({ name: 'Timeout', code: 'TIMEOUT', phase, sent, response: undefined });
    expect(error.message).toBe(`GET ${api.url}/: ${words} within the timeout of 0.3 s`);
    expect(error.cause).toBeUndefined();
  });
});

test('one byte per 100 ms does not outlive a timeout of 0.3 s, and is retried', async () => {
  const api = await service([DRIP, { body: 'whole' }]);
  const attempts: { elapsed: number }[] = [];
  const client = makeClient({ timeout: 0.3, retryAttempts: 1 });
  client.axios.interceptors.response.use((response) => {
    attempts.push(...(response.config.call?.attempts ?? []));
    return response;
  });

  const response = await client.get(api.url);

  expect(response).toMatchObject({ data: 'whole', retries: 1 });
  expect(attempts).toMatchObject([{ outcome: 'TIMEOUT', decision: 'retry' }, { outcome: 200 }]);
  expect(attempts[0]?.elapsed).toBeGreaterThan(0.28);
  expect(attempts[0]?.elapsed).toBeLessThan(1.5);
});

test('each attempt has the whole timeout, whatever the one before took', async () => {
  const api = await service([SILENCE, SILENCE, { delay: 100, body: 'late' }]);

  const response = await makeClient({ timeout: 0.3, retryAttempts: 2 }).get(api.url);

  expect(response).toMatchObject({ data: 'late', retries: 2 });
  expect(response.elapsed).toBeGreaterThan(0.65);
});

test('the timeout of a call comes before that of the client', async () => {
  const api = await service([{ delay: 80 }]);

  expect(await makeClient({ timeout: 0.03 }).get(api.url, { timeout: 2 })).toMatchObject({ status: 200 });
  expect(await failure(makeClient({ timeout: 2 }).get(api.url, { timeout: 0.03 }))).toBeInstanceOf(Timeout);
});

test('timeout Infinity waits as long as it takes', async () => {
  const api = await service([{ delay: 80 }]);

  expect(await makeClient({ timeout: 0.03 }).get(api.url, { timeout: Infinity })).toMatchObject({ status: 200 });
  expect(await makeClient({ timeout: Infinity }).get(api.url)).toMatchObject({ status: 200 });
});

test('the clock runs on over redirects', async () => {
  const api = await service([
    { status: 302, headers: { location: '/next' }, delay: 60 },
    { status: 302, headers: { location: '/next' }, delay: 60 },
    { status: 302, headers: { location: '/next' }, delay: 60 },
    {},
  ]);

  expect(await failure(makeClient({ timeout: 0.15 }).get(api.url))).toMatchObject({ code: 'TIMEOUT' });
});

test('a timeout frees socket and timer', async () => {
  const api = await service([SILENCE, STALL, DRIP]);
  // undici's Pool keeps a connection ready in the place of each that broke.
  const client = makeClient({ timeout: 0.05, transport: 'http' });
  const before = timers();

  await Promise.all([client.get(api.url), client.get(api.url), client.get(api.url)].map(failure));

  // Node's own timers for idle sockets come and go.
  expect(await eventually(async () => Promise.resolve(timers() <= before))).toBe(true);
  expect(await eventually(async () => (await api.connections()) === 0)).toBe(true);
});

test('an answer in time leaves no timer', async () => {
  const api = await service();
  const client = makeClient({ timeout: 5, retryAttempts: 3, deadline: 60 });
  await client.get(api.url);
  const before = timers();

  await Promise.all(Array.from({ length: 10 }, async () => client.get(api.url)));

  // Node's own timers for idle sockets come and go.
  expect(await eventually(async () => Promise.resolve(timers() <= before))).toBe(true);
});

describe('startClock', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test.each<[string, number | undefined, number, number, Expiry]>([
    ['timeout alone', 300, Infinity, 300, { code: 'TIMEOUT', limit: 0.3 }],
    ['deadline alone', 0, 0.2, 200, { code: 'DEADLINE_EXCEEDED', limit: 0.2 }],
    ['no timeout given', undefined, 0.2, 200, { code: 'DEADLINE_EXCEEDED', limit: 0.2 }],
    ['the deadline is sooner', 300, 0.2, 200, { code: 'DEADLINE_EXCEEDED', limit: 0.2 }],
    ['the timeout is sooner', 300, 0.4, 300, { code: 'TIMEOUT', limit: 0.3 }],
    ['both at once', 300, 0.3, 300, { code: 'TIMEOUT', limit: 0.3 }],
  ])('%s', async (_, timeout, deadline, fires, expiry) => {
    const onExpiry = jest.fn();
    const call = new Call('GET', 'http://a.test/', deadline);
    startClock(timeout === undefined ? {} : { timeout }, call, { clock: undefined, onExpiry });

    jest.advanceTimersByTime(fires - 1);
    await turn();
    expect(onExpiry).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    await turn();
    expect(onExpiry.mock.calls).toEqual([[expiry]]);
  });

  test('starts no timer where there is no limit', () => {
    const timed = { clock: undefined, onExpiry: () => undefined };
    const clock = startClock({ timeout: 0 }, new Call('GET', 'http://a.test/'), timed);

    expect(jest.getTimerCount()).toBe(0);
    expect(clock).toBeUndefined();
  });

  test('is over at once where the deadline has passed', async () => {
    const call = new Call('GET', 'http://a.test/', 1);
    jest.advanceTimersByTime(1500);
    const onExpiry = jest.fn();
    startClock({ timeout: 300 }, call, { clock: undefined, onExpiry });

    jest.advanceTimersByTime(0);
    await turn();

    expect(onExpiry).toHaveBeenCalledWith({ code: 'DEADLINE_EXCEEDED', limit: 1 });
  });

  test('does not run out once it is stopped', () => {
    const onExpiry = jest.fn();
    const timed = { clock: undefined, onExpiry };
    clearTimeout(startClock({ timeout: 10 }, new Call('GET', 'http://a.test/'), timed));

    jest.advanceTimersByTime(20);

    expect(jest.getTimerCount()).toBe(0);
    expect(onExpiry).not.toHaveBeenCalled();
  });
});

test.each([
  ['TIMEOUT', 'GET http://a.test/: no response within the timeout of 0.3 s', undefined],
  ['DEADLINE_EXCEEDED', 'GET http://a.test/: no response within the deadline of 0.3 s', 'the failure before'],
] as const)('%s says what was waited for, and for how long', (code, message, cause) => {
  const call = new Call('GET', 'http://a.test/');
  call.lastError = expiryException({ code: 'TIMEOUT', limit: 1 }, { call, phase: 'body' });

  const error = expiryException({ code, limit: 0.3 }, { call, phase: 'headers' });

  expect(error).toMatchObject({ code, message, phase: 'headers' });
  expect(error.cause).toBe(cause && call.lastError);
});
