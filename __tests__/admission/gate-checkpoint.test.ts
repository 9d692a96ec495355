import { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, isCallNotPermitted, isDeadlineExceeded, isRequestCancelled } from '../../src/index';
import { skipWaits } from '../../src/testing';
import { failure } from '../support/outcome';
import { ENTRANCES, leftOver, NOTHING, watched } from '../support/origin-scene';
import { service, type Answer, type Service } from '../support/service';

const BUSY: Answer = { status: 429, headers: { 'Retry-After': '30' } };

/** A client whose gate was closed for 30 s by a 429. */
async function closed(options: Parameters<typeof watched>[0] = {}, answer = BUSY): Promise<Scene> {
  const api = await service([answer, { status: 200 }]);
  const scene = { api, ...watched(options) };
  await scene.client.get(api.url).catch(() => undefined);
  return scene;
}

type Scene = ReturnType<typeof watched> & { readonly api: Service };

describe.each(ENTRANCES)('after a 429 with Retry-After, %s', (_, send) => {
  test('is refused at once where the pause is longer than maxRetryAfter', async () => {
    const { api, client, origins } = await closed({ retry: { maxRetryAfter: 10 } });

    const error = await failure(send(client, `${api.url}/users`));

    expect(isCallNotPermitted(error)).toBe(true);
    expect(error).toMatchObject({ code: 'ORIGIN_CLOSED', sent: 'no', retryable: false, attempts: [] });
    expect(error.retryAfter).toBeGreaterThan(29);
    expect(error.message.replace(/[\d.]+ s,/, 'x s,')).toMatch(
      `GET ${api.url}/users: ${api.url} asked for a pause; this call would wait x s, longer than the 10 s of \`retry.maxRetryAfter\``,
    );
    expect(api.requests).toHaveLength(1);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('is refused at once where the pause is longer than any number', async () => {
    const { api, client } = await closed({}, { status: 429, headers: { 'Retry-After': '9'.repeat(400) } });

    const error = await failure(send(client, api.url));

    expect(error.code).toBe('ORIGIN_CLOSED');
    expect(error.retryAfter).toBeLessThan(Infinity);
  });

  test('fails at once where the deadline comes before the end of the pause', async () => {
    const { api, client, origins } = await closed();

    const error = await failure(send(client, api.url, { deadline: 5 }));

    expect(isDeadlineExceeded(error)).toBe(true);
    expect(error.message).toMatch('the deadline of 5 s comes before the end of the pause that the service asked for');
    expect(error).toMatchObject({ sent: 'no', attempts: [] });
    expect(error.elapsed).toBeLessThan(1);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('is cancelled at once while it waits, or before it begins', async () => {
    const { api, client, origins } = await closed();
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(new Error('left'));
    }, 5);

    const waiting = await failure(send(client, api.url, { signal: controller.signal }));
    const late = await failure(send(client, api.url, { signal: controller.signal }));

    expect(isRequestCancelled(waiting) && isRequestCancelled(late)).toBe(true);
    expect(waiting).toMatchObject({ code: 'CANCELLED', sent: 'no', attempts: [] });
    expect(api.requests).toHaveLength(1);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('goes where it has other credentials', async () => {
    const { api, client } = await closed();
    const others = [
      { token: 'a' },
      { auth: { username: 'a', password: 'b' } },
      { headers: { Authorization: 'Digest c' } },
      { token: null },
    ];

    for (const other of others) await expect(send(client, api.url, other)).resolves.toMatchObject({ status: 200 });
    await expect(send(client, api.url.replace('//', '//a:c@'))).resolves.toMatchObject({ status: 200 });
  });
});

test.each([
  ['an explicit token', { token: 'a' }, { headers: { Authorization: 'Bearer a' } }],
  ['an Authorization header', { headers: { authorization: 'Bearer a' } }, { token: 'a' }],
  ['auth', { auth: { username: 'a', password: 'b' } }, { headers: { Authorization: 'Basic YTpi' } }],
])('a 429 for %s holds back the same credentials only, however they are given', async (_, options, same) => {
  const api = await service([BUSY, { status: 200 }]);
  const { client } = watched({ retry: { maxRetryAfter: 1 } });
  await failure(client.get(api.url, options));

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  await expect(client.get(api.url, options)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
  await expect(client.get(api.url, same)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
});

test('all tokens of the source count as one', async () => {
  let issued = 0;
  const { api, client } = await closed({ retry: { maxRetryAfter: 1 }, token: () => `token-${++issued}` });

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
  // No token is fetched for a call that is not sent.
  expect(issued).toBe(1);
});

test('a 429 that `validateStatus` accepts closes the gate, too', async () => {
  const api = await service([BUSY]);
  const { client } = watched({ retry: { maxRetryAfter: 1 } });
  await expect(client.get(api.url, { validateStatus: () => true })).resolves.toMatchObject({ status: 429 });

  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'ORIGIN_CLOSED' });
});

test.each([
  ['has X-Should-Retry: false', { status: 429, headers: { 'Retry-After': '30', 'X-Should-Retry': 'false' } }],
  ['has no Retry-After', { status: 429 }],
  ['has one that is 0', { status: 429, headers: { 'Retry-After': '0' } }],
  ['is a 503, of which one is not enough', { status: 503, headers: { 'Retry-After': '30' } }],
] satisfies [string, Answer][])('the gate stays open where the response %s', async (_, answer) => {
  const { api, client } = await closed({}, answer);

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
});

test('refusals do not prolong the pause', async () => {
  const { api, client, origins } = await closed({ retry: { maxRetryAfter: 1 } });
  const first = await failure(client.get(api.url));

  for (let call = 0; call < 20; call++) await failure(client.get(api.url));

  expect((await failure(client.get(api.url))).retryAfter).toBeLessThanOrEqual(Number(first.retryAfter));
  expect([...origins.values()]).toHaveLength(1);
});

test('one bad replica of five does not close the gate', async () => {
  let number = 0;
  const api = await service(() =>
    ++number % 5 === 0 ? { status: 503, headers: { 'Retry-After': '30' } } : { status: 200 },
  );
  const { client } = watched({ retry: { maxRetryAfter: 1 } });

  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => client.get(api.url)));

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
});

test('a redirect to another origin says nothing about the first', async () => {
  const busy = await service([BUSY]);
  const api = await service([{ status: 302, headers: { Location: busy.url } }, { status: 200 }]);
  const { client, origins } = watched({ retry: { maxRetryAfter: 1 } });
  await failure(client.get(api.url));

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  expect([...origins.values()].map(({ key }) => key)).toEqual([api.url]);
});

describe('on a fake clock', () => {
  const advance = async (milliseconds: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(milliseconds);
  };

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function adapted(busyUntil: number): { client: HTTPClient; sentAt: number[] } {
    const start = performance.now();
    const sentAt: number[] = [];
    const client = new HTTPClient({ retry: { base: 0.5 } });
    client.axios.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
      const at = performance.now() - start;
      sentAt.push(at);
      const status = at < busyUntil ? 429 : 200;
      const headers = new AxiosHeaders({ 'Retry-After': '2' });
      const response = { status, statusText: '', headers, data: '', config };
      if (config.validateStatus?.(status) !== false) return Promise.resolve(response);
      return Promise.reject(Object.assign(new Error('busy'), { isAxiosError: true, response, config, code: 'ERR' }));
    };
    return { client, sentAt };
  }

  test('calls that came during the pause follow in their order, and the one that was refused goes first', async () => {
    const { client, sentAt } = adapted(2000);
    const done: number[] = [];
    const calls = [0, 100, 200, 300].map(async (delay, index) => {
      await new Promise((resolve) => setTimeout(resolve, delay));
      await client.get('http://api');
      done.push(index);
    });

    await skipWaits(Promise.all(calls), advance);

    expect(done).toEqual([0, 1, 2, 3]);
    expect(sentAt).toHaveLength(5);
    expect(Math.min(...sentAt.slice(1))).toBeGreaterThanOrEqual(2000);
    // Half of the 300 ms in which they came, and what is added at random.
    expect(Math.max(...sentAt)).toBeLessThan(2300);
  });
});
