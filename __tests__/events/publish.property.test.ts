import { setImmediate as turn } from 'node:timers/promises';
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { HTTPClient, type HTTPClientOptions, type RequestException, type RequestOptions } from '../../src/index';
import { EventLog } from '../support/event-log';
import { randomFrom } from '../support/random';
import { RUNS } from '../support/runs';

type Random = () => number;
type Outcome = (config: InternalAxiosRequestConfig, random: Random) => Promise<AxiosResponse>;

const respond =
  (status: number, headers: Record<string, string> = {}): Outcome =>
  (config) => {
    const response = { status, statusText: '', headers, config, data: '{"a":1}', request: {} };
    if (status < 400) return Promise.resolve(response);
    return Promise.reject(new AxiosError('Request failed with status', undefined, config, {}, response));
  };

/** What an attempt may come to. */
const OUTCOMES: readonly Outcome[] = [
  ...[200, 200, 204, 400, 404, 429, 503].map((status) => respond(status)),
  respond(503, { 'retry-after': '0' }),
  (config) => Promise.reject(new AxiosError('reset', 'ECONNRESET', config)),
  () => Promise.reject(new Error('a bug')),
  (config, random) =>
    new Promise((resolve) => setTimeout(resolve, random() * 4)).then(() => respond(200)(config, random)),
  () => new Promise(() => undefined),
];

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function maybe<T>(random: Random, share: number, value: T): T | undefined {
  return random() < share ? value : undefined;
}

function clientFor(random: Random): HTTPClient {
  const options: HTTPClientOptions = {
    adapter: (config) => pick(random, OUTCOMES)(config, random),
    timeout: 0.004,
    retryAttempts: Math.floor(random() * 4),
    retry: { base: 0.001, cap: 0.002 },
    hedging: maybe(random, 0.3, { delay: 0.001 }),
    concurrency: maybe(random, 0.2, { limit: 1, queue: 1 }),
    token: maybe(random, 0.3, () => (random() < 0.2 ? Promise.reject(new Error('no token')) : 'token')),
  };
  const client = new HTTPClient(options);
  const { request, response } = client.axios.interceptors;
  const breaks = (): never => {
    throw new Error('a bug');
  };
  if (random() < 0.1) request.use((config) => (random() < 0.5 ? config : breaks()));
  if (random() < 0.1) response.use((value) => (random() < 0.5 ? value : breaks()));
  if (random() < 0.1) response.use(({ data }) => data as never);
  if (random() < 0.2) {
    response.use(undefined, (error: RequestException) => {
      if (!error.config || random() < 0.3) return Promise.reject(error);
      return client.axios.request(error.config);
    });
  }
  return client;
}

function optionsFor(random: Random): RequestOptions {
  const controller = new AbortController();
  if (random() < 0.2) setTimeout(() => { controller.abort(); }, random() * 6); // prettier-ignore
  return { signal: controller.signal, deadline: 0.002 + random() * 0.02 };
}

test('whatever happens to calls, their messages are complete and in order', async () => {
  const random = randomFrom(14);
  const log = new EventLog();
  const sent: Promise<unknown>[] = [];
  for (let run = 0; run < RUNS / 5; run++) {
    const client = clientFor(random);
    for (let call = 0; call < 5; call++) {
      const url = `${random() < 0.05 ? 'ftp' : 'http'}://a.test/${sent.length}`;
      sent.push(client.get(url, optionsFor(random)).catch(() => undefined));
    }
  }
  await Promise.all(sent);
  const count = (kind: string): number => log.entries.filter((entry) => entry.kind === kind).length;
  // What interceptors sent, and the end of the call did not stop.
  while (count('requestEnd') < count('requestStart')) await turn();

  // What an interceptor sends when the deadline has ended the call is another one.
  expect(new Set(log.calls.map(({ url }) => url)).size).toBe(sent.length);
  expect(log.calls.length).toBeLessThan(sent.length * 1.1);
  log.check();
  expect(new Set(log.entries.map(({ error }) => error?.code)).size).toBeGreaterThan(5);
});
