import type { Readable } from 'node:stream';
import {
  isCallNotPermitted,
  isDeadlineExceeded,
  isRequestCancelled,
  type HTTPClientOptions,
  type OriginStates,
} from '../../src/index';
import { failure } from '../support/outcome';
import { ENTRANCES, leftOver, NOTHING, watched } from '../support/origin-scene';
import { service, type Answer, type Service } from '../support/service';

/** Opens after four failures; the next probe is far away. */
const TIGHT = { circuitBreaker: { minimumCalls: 4, openFor: 60 } } satisfies HTTPClientOptions;
const DOWN: Answer = { status: 500 };

const realNow = performance.now.bind(performance);

afterEach(() => {
  jest.restoreAllMocks();
});

type Scene = ReturnType<typeof watched>;

async function fail(client: Scene['client'], url: string, calls = 4): Promise<void> {
  for (let call = 0; call < calls; call++) await failure(client.get(url));
}

function circuitOf(origins: OriginStates): { isOpen: boolean } {
  return [...origins.values()][0]?.circuit ?? { isOpen: false };
}

/** A client whose circuit is open; the service works again. */
async function open(options: HTTPClientOptions = TIGHT): Promise<Scene & { api: Service }> {
  const api = await service([DOWN, DOWN, DOWN, DOWN, { status: 200 }]);
  const scene = { api, ...watched(options) };
  await fail(scene.client, api.url);
  return scene;
}

/** A minute and the random part later. */
function untilProbe(): void {
  const later = performance.now() + 70_000 - realNow();
  jest.spyOn(performance, 'now').mockImplementation(() => realNow() + later);
}

describe.each(ENTRANCES)('while the circuit is open, %s', (_, send) => {
  test('is refused at once, and told when the next probe is', async () => {
    const { api, client, origins } = await open();

    const error = await failure(send(client, `${api.url}/users`));

    expect(isCallNotPermitted(error)).toBe(true);
    expect(error).toMatchObject({ code: 'CIRCUIT_OPEN', sent: 'no', retryable: false, retries: 0, attempts: [] });
    expect(error.message.replace(/[\d.]+ s$/, 'x s')).toBe(
      `GET ${api.url}/users: too many calls to ${api.url} failed, and its circuit is open; the next probe is in x s`,
    );
    expect(error.retryAfter).toBeGreaterThan(59);
    expect(api.requests).toHaveLength(4);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('is sent with `circuitBreaker: false`, and what comes of it does not count', async () => {
    const { api, client, origins } = await open();

    await expect(send(client, api.url, { circuitBreaker: false })).resolves.toMatchObject({ status: 200 });

    expect(circuitOf(origins).isOpen).toBe(true);
  });
});

test('a probe that succeeds closes the circuit', async () => {
  const { api, client, origins } = await open();
  untilProbe();

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });

  expect(circuitOf(origins).isOpen).toBe(false);
});

test('only one probe goes at once', async () => {
  const { api, client } = await open();
  untilProbe();

  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => client.get(api.url)));

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(4).fill('rejected')]);
});

test('a probe that is cancelled says nothing, and another may go', async () => {
  const { api, client, origins } = await open();
  untilProbe();
  const controller = new AbortController();
  const cancelled = failure(client.get(api.url, { signal: controller.signal }));
  await new Promise(setImmediate);
  controller.abort();

  expect(isRequestCancelled(await cancelled)).toBe(true);
  expect(circuitOf(origins).isOpen).toBe(true);
  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
});

test('a probe without a token says nothing, and another may go', async () => {
  let hasToken = true;
  const token = (): string => {
    if (hasToken) return 'x';
    throw new Error('no token');
  };
  const { api, client, origins } = await open({ ...TIGHT, token });
  untilProbe();
  hasToken = false;
  await expect(client.get(api.url)).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE' });
  hasToken = true;

  await expect(client.get(api.url)).resolves.toMatchObject({ status: 200 });
  expect(circuitOf(origins).isOpen).toBe(false);
});

test('failures of requests from before the circuit opened say nothing about a service that is back', async () => {
  let release = (): void => undefined;
  const late = new Promise<void>((resolve) => (release = resolve));
  let isDown = true;
  const api = await service(({ url }) => {
    if (url !== '/late') return { status: isDown ? 500 : 200 };
    return { handle: (_, response) => void late.then(() => response.writeHead(500).end()) };
  });
  const { client, origins } = watched(TIGHT);
  const slow = [1, 2, 3, 4, 5].map(async () => failure(client.get(`${api.url}/late`)));
  await fail(client, api.url);
  isDown = false;
  untilProbe();
  await client.get(api.url);

  release();
  await Promise.all(slow);

  expect(circuitOf(origins).isOpen).toBe(false);
});

test.each([
  ['4xx', [{ status: 404 }]],
  ['429', [{ status: 429 }]],
  ['503 with Retry-After', [{ status: 503, headers: { 'Retry-After': '0' } }]],
  ['5xx with X-Should-Retry: false', [{ status: 500, headers: { 'X-Should-Retry': 'false' } }]],
] satisfies [string, Answer[]][])('a %s is not a failure of the service', async (_, answers) => {
  const api = await service(answers);
  const { client, origins } = watched({ ...TIGHT, backpressure: false });

  await fail(client, api.url, 8);

  expect(circuitOf(origins).isOpen).toBe(false);
});

test('a token that cannot be fetched is not a failure of the service', async () => {
  const api = await service();
  const { client, origins } = watched({ ...TIGHT, token: async () => Promise.reject(new Error('no token')) });

  await fail(client, api.url, 8);

  expect(circuitOf(origins).isOpen).toBe(false);
  expect(leftOver(origins)).toEqual(NOTHING);
});

test('a stream counts as soon as its headers are here, whatever becomes of it', async () => {
  const { api, client, origins } = await open();
  untilProbe();

  const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });

  expect(circuitOf(origins).isOpen).toBe(false);
  data.destroy();
});

test('a service that cannot be reached opens it', async () => {
  const api = await service();
  await api.close();
  const { client, origins } = watched(TIGHT);

  await fail(client, api.url);

  expect(circuitOf(origins).isOpen).toBe(true);
});

test('a retry that was decided before the circuit opened is not sent, and the journal says why', async () => {
  const api = await service([DOWN]);
  const { client, origins } = watched({ ...TIGHT, retryAttempts: 3, retry: { base: 0.5, jitter: 'none' } });
  const first = failure(client.get(api.url));
  while (api.requests.length === 0 || leftOver(origins).inUse > 0) await new Promise(setImmediate);
  for (let call = 0; call < 3; call++) await failure(client.get(api.url, { retryAttempts: 0 }));

  const error = await first;

  expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 500, retries: 0 });
  expect(error.attempts).toMatchObject([{ outcome: 500, decision: 'fail', reason: 'circuit-open' }]);
  expect(api.requests).toHaveLength(4);
});

test('a failure that opens the circuit is not retried, and its call does not wait', async () => {
  const api = await service([DOWN]);
  const { client } = watched({ ...TIGHT, retryAttempts: 5 });

  const error = await failure(client.get(api.url));

  expect(error.attempts.map(({ reason }) => reason).at(-1)).toBe('circuit-open');
  expect(error).toMatchObject({ code: 'SERVER_ERROR', retries: 3 });
});

test.each([
  ['counts if it took longer than `slowAfter`', 0.01, true],
  ['does not count otherwise: a healthy service may need more', 60, false],
])('an attempt that the deadline ended %s', async (_, slowAfter, isOpen) => {
  const api = await service([{ handle: () => undefined }]);
  const { client, origins } = watched({ deadline: 0.2, circuitBreaker: { minimumCalls: 2, slowAfter } });

  for (let call = 0; call < 2; call++) expect(isDeadlineExceeded(await failure(client.get(api.url)))).toBe(true);

  expect(circuitOf(origins).isOpen).toBe(isOpen);
});
