import type { Readable } from 'node:stream';
import type { AxiosResponse } from 'axios';
import { endingOfResponse } from '../../src/admission/ending';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { failure } from '../support/outcome';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { service, type Service } from '../support/service';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

test('an attempt ends when its outcome came, and one without a line ends now', () => {
  const response = { status: 200, data: '', headers: {} } as AxiosResponse;
  const attempt = new AttemptState(new Call('GET', 'http://api'));
  const before = performance.now();

  const early = endingOfResponse(attempt, response);
  attempt.dispatched();
  attempt.ended(200, 'done');
  const { now, ...others } = endingOfResponse(attempt, response);

  expect(early).toMatchObject({ isDispatched: false, elapsed: 0 });
  expect(early.now).toBeGreaterThanOrEqual(before);
  expect(others).toMatchObject({ isDispatched: true, outcome: 'success' });
  expect(now).toBe(attempt.line?.endedAt);
});

test('what follows a redirect is not a failure of the first origin', async () => {
  const other = await service([{ status: 500 }]);
  const api = await service([{ status: 302, headers: { Location: other.url } }]);
  const { client, origins } = watched({ circuitBreaker: { minimumCalls: 4 } });

  for (const options of [{}, { validateStatus: () => true }, { onDownloadProgress: () => undefined }]) {
    for (let call = 0; call < 4; call++) await client.get(api.url, options).catch(() => undefined);
  }

  expect(other.requests).toHaveLength(12);
  expect([...origins.values()].map(({ key, circuit }) => [key, circuit?.isOpen])).toEqual([[api.url, false]]);
});

describe.each([
  ['the transport', {}],
  ["axios's adapter", { onDownloadProgress: () => undefined }],
])('over %s, a stream holds its slot, and the state of its origin', (_, way) => {
  const open = async (): Promise<ReturnType<typeof watched> & { api: Service; data: Readable }> => {
    const api = await service([{ body: 'x'.repeat(200_000) }]);
    const scene = watched({ concurrency: { limit: 1 } });
    const { data } = await scene.client.get<Readable>(api.url, { ...way, responseType: 'stream' });
    return { api, ...scene, data };
  };

  test('until it has been read', async () => {
    const { api, client, origins, data } = await open();
    const second = client.get(api.url);
    await until(() => leftOver(origins).waiting === 1);

    expect(leftOver(origins)).toEqual({ inUse: 2, active: 1, waiting: 1 });
    expect(api.requests).toHaveLength(1);
    data.resume();
    await second;
    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('until it is destroyed', async () => {
    const { origins, data } = await open();

    expect(leftOver(origins)).toEqual({ inUse: 1, active: 1, waiting: 0 });
    data.destroy();
    await until(() => leftOver(origins).inUse === 0);

    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test.each([
    ['HEAD', { body: 'x'.repeat(1000) }],
    ['GET', { status: 204 }],
    ['GET', { status: 200, headers: { 'content-length': '0' } }],
  ])('not after a response without a body, which nobody reads (%s, %o)', async (method, reply) => {
    const api = await service([reply]);
    const { client, origins } = watched({ concurrency: { limit: 1 } });

    await client.request(method, api.url, { ...way, responseType: 'stream' });

    expect(leftOver(origins)).toEqual(NOTHING);
  });

  test('not after a response that is an error', async () => {
    const api = await service([{ status: 503, body: 'x'.repeat(200_000) }]);
    const { client, origins } = watched({ concurrency: { limit: 1 }, retryAttempts: 1 });

    await failure(client.get(api.url, { ...way, responseType: 'stream' }));

    expect(api.requests).toHaveLength(2);
    expect(leftOver(origins)).toEqual(NOTHING);
  });
});

test("the web stream of axios's fetch adapter holds its slot, too", async () => {
  const api = await service([{ body: 'x'.repeat(200_000) }]);
  const { client, origins } = watched({ concurrency: { limit: 1 } });
  client.axios.defaults.adapter = 'fetch';
  const { data } = await client.get<ReadableStream>(api.url, { responseType: 'stream' });

  expect(leftOver(origins)).toEqual({ inUse: 1, active: 1, waiting: 0 });
  await data.cancel();
  await until(() => leftOver(origins).inUse === 0);

  expect(leftOver(origins)).toEqual(NOTHING);
});
