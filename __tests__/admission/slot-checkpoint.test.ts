import { getEventListeners } from 'node:events';
import { isCallNotPermitted, isDeadlineExceeded, isRequestCancelled } from '../../src/index';
import { expectNoTimerLeft, failure, timers } from '../support/outcome';
import { ENTRANCES, leftOver, NOTHING, watched } from '../support/origin-scene';
import { service, type Service } from '../support/service';

interface Held {
  readonly api: Service;
  /** Lets the requests go that are held, and all later ones. */
  readonly release: () => void;
}

/** A service that holds its requests. */
async function holding(): Promise<Held> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const api = await service([{ handle: (_, response) => void released.then(() => response.end('{}')) }]);
  return { api, release };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

describe.each(ENTRANCES)('while all slots are taken, %s', (_, send) => {
  test('waits for its turn', async () => {
    const { api, release } = await holding();
    const { client, origins } = watched({ concurrency: { limit: 2 } });
    const calls = Array.from({ length: 6 }, async () => send(client, api.url));
    await until(() => api.requests.length === 2);

    expect(leftOver(origins)).toEqual({ inUse: 6, active: 2, waiting: 4 });
    release();
    await Promise.all(calls);

    expect(api.requests).toHaveLength(6);
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('is refused at once without a queue', async () => {
    const { api, release } = await holding();
    const { client, origins } = watched({ concurrency: { limit: 1, queue: 0 } });
    const first = send(client, api.url);
    await until(() => api.requests.length === 1);

    const error = await failure(send(client, `${api.url}/users`));

    expect(isCallNotPermitted(error)).toBe(true);
    expect(error).toMatchObject({ code: 'QUEUE_FULL', sent: 'no', retryable: false, attempts: [] });
    expect(error.message).toBe(
      `GET ${api.url}/users: \`concurrency\` allows no more calls to ${api.url}: 1 under way, 0 waiting`,
    );
    release();
    await first;
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('fails at its deadline, and when it is cancelled', async () => {
    const { api, release } = await holding();
    const { client, origins } = watched({ concurrency: { limit: 1 } });
    const first = send(client, api.url);
    const controller = new AbortController();
    const cancelled = failure(send(client, api.url, { signal: controller.signal }));
    const late = failure(send(client, api.url, { deadline: 0.02 }));
    await until(() => leftOver(origins).waiting === 2);
    controller.abort();

    expect(isRequestCancelled(await cancelled)).toBe(true);
    const error = await late;
    expect(isDeadlineExceeded(error)).toBe(true);
    expect(error.message).toMatch('the deadline of 0.02 s comes before a free slot');
    expect(error).toMatchObject({ sent: 'no', attempts: [] });
    expect(leftOver(origins)).toEqual({ inUse: 1, active: 1, waiting: 0 });
    release();
    await first;
  });
});

test('the refusal has the numbers that apply, also if another client has set them', async () => {
  const { api, release } = await holding();
  const { client, origins } = watched({ concurrency: { limit: 2, queue: 0 } });
  const other = watched({ origins, concurrency: { limit: 5, queue: 9 } });
  const calls = [client.get(api.url), client.get(api.url)];
  await until(() => api.requests.length === 2);

  expect((await failure(other.client.get(api.url))).message).toMatch(
    /: `concurrency` allows no more calls to \S+: 2 under way, 0 waiting/,
  );
  release();
  await Promise.all(calls);
});

test('no slot is held between two attempts', async () => {
  let isDown = true;
  const api = await service(({ url }) => ({ status: url === '/down' && isDown ? 503 : 200 }));
  const { client, origins } = watched({
    concurrency: { limit: 1 },
    retryAttempts: 1,
    retry: { base: 0.1, jitter: 'none' },
  });
  const retried = client.get(`${api.url}/down`);
  await until(() => api.requests.length === 1 && leftOver(origins).inUse === 0);
  isDown = false;

  await client.get(api.url);

  expect(api.requests.map(({ url }) => url)).toEqual(['/down', '/']);
  await expect(retried).resolves.toMatchObject({ status: 200, retries: 1 });
});

test('a thousand waiters that are cancelled leave nothing, and the others keep their order', async () => {
  const { api, release } = await holding();
  const { client, origins } = watched({ concurrency: { limit: 1 }, timeout: 60 });
  const before = timers();
  const controller = new AbortController();
  const first = client.get(`${api.url}/first`);
  await until(() => api.requests.length === 1);
  const cancelled: Promise<unknown>[] = [];
  const kept: Promise<unknown>[] = [];
  for (let number = 0; number < 1000; number++) {
    cancelled.push(client.get(api.url, { signal: controller.signal, deadline: 60 }).catch((error: unknown) => error));
    if (number % 250 === 0) kept.push(client.get(`${api.url}/${number}`));
  }
  await until(() => leftOver(origins).waiting === 1004);
  controller.abort();

  expect((await Promise.all(cancelled)).every(isRequestCancelled)).toBe(true);
  expect(leftOver(origins)).toEqual({ inUse: 5, active: 1, waiting: 4 });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  release();
  await Promise.all([first, ...kept]);

  expect(api.requests.map(({ url }) => url)).toEqual(['/first', '/0', '/250', '/500', '/750']);
  expect(leftOver(origins)).toEqual(NOTHING);
  await expectNoTimerLeft(before);
});
