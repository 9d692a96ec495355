import type { Readable } from 'node:stream';
import type { HTTPClientOptions, RequestOptions } from '../../src/index';
import { timers } from '../support/outcome';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { undici } from '../../src/transports/undici';
import { service, type Answer } from '../support/service';

const ANSWERS: readonly Answer[] = [
  ...Array<Answer>(8).fill({ json: { id: 1 } }),
  { status: 503 },
  { status: 500, body: 'x'.repeat(100_000) },
  { status: 404 },
  { status: 429, headers: { 'Retry-After': '0' } },
  { status: 302, headers: { Location: '/elsewhere' } },
  { hangUp: true },
  { delay: 20 },
  { headers: { RateLimit: '"default";r=900;t=1', 'RateLimit-Policy': '"default";q=1000;w=1' } },
];

const OPTIONS = {
  retryAttempts: 2,
  timeout: 1,
  backpressure: { retryAfter: true, rateLimit: true },
  rateLimit: { rate: 5000, burst: 100 },
  concurrency: { limit: 20, queue: 300 },
  circuitBreaker: { minimumCalls: 20, openFor: 0.1, failureRatio: 0.9 },
  hedging: { delay: 0.01 },
  partition: ({ url = '' }) => (url.endsWith('/a') ? 'a' : 'b'),
} satisfies HTTPClientOptions;

function abortedAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort();
  }, milliseconds);
  return controller.signal;
}

/** That it never comes true is a failure by the limit of Jest. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Another kind of call for each number. */
function optionsOf(number: number): RequestOptions {
  const kinds: readonly RequestOptions[] = [
    {},
    { deadline: 0.03 },
    { signal: abortedAfter(number % 40) },
    { onDownloadProgress: () => undefined },
    { responseType: 'stream' },
    { circuitBreaker: false },
    { token: 'other' },
    { transformResponse: number % 3 ? [] : [() => { throw new Error('plain'); }] }, // prettier-ignore
  ];
  return kinds[number % kinds.length] ?? {};
}

test.each([
  ['http', {}],
  ['undici', { transport: undici() }],
])('after 1,000 calls of all kinds over %s with everything on, nothing is left', async (_, transport) => {
  let number = 0;
  const api = await service(() => ANSWERS[(number = (number * 7 + 5) % 1009) % ANSWERS.length] ?? {});
  const { client, origins } = watched({ ...OPTIONS, ...transport });
  const before = timers();
  const codes = new Map<string, number>();
  const count = (code: string): unknown => codes.set(code, (codes.get(code) ?? 0) + 1);

  for (let batch = 0; batch < 10; batch++) {
    const calls = Array.from({ length: 100 }, async (_, index) => {
      const options = optionsOf(index);
      const url = `${api.url}/${index % 2 ? 'a' : 'b'}`;
      const call = index % 5 ? client.get(url, options) : client.axios.get(url, options as object);
      await call.then(
        ({ data }: { data: unknown }) => {
          count('done');
          if (options.responseType === 'stream') (data as Readable).destroy();
        },
        (error: unknown) => count((error as { code: string }).code),
      );
    });
    await Promise.all(calls);
  }
  client.close();
  await api.close();
  await until(() => leftOver(origins).inUse === 0);

  expect(leftOver(origins)).toEqual(NOTHING);
  expect(origins.size).toBe(2);
  expect(timers()).toBeLessThanOrEqual(before);
  await until(() => !process.getActiveResourcesInfo().some((kind) => kind.includes('TCP')));
  // Each kind was there.
  expect([...codes.keys()]).toEqual(expect.arrayContaining(['done', 'SERVER_ERROR', 'CANCELLED']));
});
