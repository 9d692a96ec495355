import { inspect } from 'node:util';
import { HTTPClient, RequestException, type Plugin } from '../../src/index';
import { rawService } from '../support/raw-service';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

async function failureOf(call: Promise<unknown>): Promise<RequestException> {
  const failure: unknown = await call.catch((error: unknown) => error);
  if (!(failure instanceof RequestException)) throw new Error('the call did not fail with an exception');
  return failure;
}

test('the journal has a line for every attempt: when, how long, what came, what was decided and why', async () => {
  const before = Date.now();
  const api = await service([{ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }, { status: 404 }]);

  const { attempts, retries, elapsed } = await failureOf(new HTTPClient(FAST).get(api.url));

  expect(attempts).toMatchObject([
    { outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.001 },
    { outcome: 429, decision: 'retry', reason: 'TOO_MANY_REQUESTS', wait: 0.002 },
    { outcome: 404, decision: 'fail', reason: 'not-retryable' },
  ]);
  expect(retries).toBe(2);
  const total = attempts.reduce((sum, attempt) => sum + attempt.elapsed + (attempt.wait ?? 0), 0);
  // Timers may fire a millisecond early.
  expect(total).toBeLessThanOrEqual(elapsed + 0.002);
  for (const { startedAt, elapsed: took } of attempts) {
    expect(startedAt.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(startedAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(took).toBeGreaterThan(0);
  }
});

test('an attempt does not take longer than the call, whatever it fails with', async () => {
  const api = await rawService((socket, n) =>
    n % 2 === 0 ? socket.resetAndDestroy() : socket.end('HTTP/1.1 400 Bad\r\n\r\n'),
  );
  const client = new HTTPClient({ retryAttempts: 0 });

  for (let count = 0; count < 10; count++) {
    const { attempts, elapsed } = await failureOf(client.get(api.url));
    expect(attempts[0]?.elapsed).toBeGreaterThan(0);
    expect(attempts[0]?.elapsed).toBeLessThanOrEqual(elapsed);
  }
});

test('the outcome of an attempt without an answer is the code of its failure', async () => {
  const api = await rawService((socket, n) =>
    n === 1 ? socket.resetAndDestroy() : socket.end('HTTP/1.1 400 Bad\r\n\r\n'),
  );

  const { attempts } = await failureOf(new HTTPClient(FAST).get(api.url));

  expect(attempts).toMatchObject([
    { outcome: 'CONNECTION_RESET', decision: 'retry' },
    { outcome: 400, decision: 'fail' },
  ]);
});

test('the journal of a call that succeeds ends with done', async () => {
  const api = await service([{ status: 503 }, { status: 201 }]);

  const { config } = await new HTTPClient(FAST).get(api.url);

  expect(config.call?.attempts).toMatchObject([
    { outcome: 503, decision: 'retry' },
    { outcome: 201, decision: 'done' },
  ]);
});

test('an attempt under way has no outcome yet', async () => {
  const seen: unknown[] = [];
  const client = new HTTPClient();
  client.axios.defaults.adapter = async (config) => {
    seen.push(config.call?.attempts.map(({ outcome, decision }) => ({ outcome, decision })));
    return Promise.resolve({ data: '', status: 200, statusText: 'OK', headers: {}, config });
  };

  await client.get('http://user-service');

  expect(seen).toEqual([[{ outcome: undefined, decision: undefined }]]);
});

test('a request that was never sent has no line', async () => {
  const client = new HTTPClient({ token: () => 'two words' });

  const failure = await failureOf(client.get('http://127.0.0.1:1'));

  expect(failure.attempts).toEqual([]);
  expect(inspect(failure)).toContain('nothing was sent');
});

test('a retry that never came to be sent leaves the lines before it as they were', async () => {
  const api = await service([{ status: 503 }]);
  let asked = 0;
  const client = new HTTPClient({
    ...FAST,
    token: () => (++asked === 1 ? 'token' : Promise.reject(new Error('the vault is sealed'))),
  });

  const failure = await failureOf(client.get(api.url));

  expect(failure.code).toBe('TOKEN_UNAVAILABLE');
  expect(failure.retries).toBe(0);
  expect(failure.attempts).toMatchObject([{ outcome: 503, decision: 'retry', reason: 'SERVER_ERROR', wait: 0.001 }]);
});

test('what another attempt plugin throws is neither an outcome nor retried', async () => {
  const api = await service([{ status: 200 }]);
  const broken: Plugin = {
    name: 'broken',
    ring: 'attempt',
    install(http) {
      http.interceptors.response.use(() => {
        throw new Error('broken');
      });
    },
  };

  const failure = await failureOf(new HTTPClient({ ...FAST, plugins: [broken] }).get(api.url));

  expect(failure).toMatchObject({ code: 'INTERCEPTOR_FAILED', retries: 0 });
  expect(failure.attempts).toMatchObject([{ outcome: 200 }]);
  expect(api.requests).toHaveLength(1);
});

test('a printed exception tells the story of the call', async () => {
  const api = await service([{ status: 503 }, { status: 404 }]);

  const failure = await failureOf(new HTTPClient(FAST).get(api.url));

  const lines = inspect(failure).split('\n');
  expect(lines.find((line) => line.includes('#1'))).toMatch(/503 +retry in 0\.001 s: SERVER_ERROR$/);
  expect(lines.find((line) => line.includes('#2'))).toMatch(/404 +fail: not-retryable$/);
});
