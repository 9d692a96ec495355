import type { RequestConfig } from '../../src/admission/checkpoint';
import { sendAtRate } from '../../src/admission/send-at-rate';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { observe } from '../../src/index';
import { OriginState } from '../../src/resilience/origin-state';
import { resolveRateLimit } from '../../src/resilience/rate-limit-options';
import { leftOver, NOTHING, watched } from '../support/origin-scene';
import { service } from '../support/service';

/** One each 50 ms. */
const RATE = { rate: 20 };
const COUNT = 8;
const LATE = 400;

/** What as many requests need at least, less what the first may be late without an effect, and as much for the timers. */
const atRate = (count: number): number => (count - 1) * 50 - 100;

/** When the requests of as many calls were sent, in milliseconds. */
async function sendAll(client: ReturnType<typeof watched>['client'], url: string): Promise<number[]> {
  const sent: number[] = [];
  const stop = observe({ attemptStart: () => sent.push(performance.now()) });
  await Promise.all(Array.from({ length: COUNT }, async () => client.get(url)));
  stop();
  return sent;
}

function spanFrom(index: number, sent: readonly number[]): number {
  return Number(sent.at(-1)) - Number(sent[index]);
}

test('requests whose turns have passed while they waited for a slot are sent at the rate', async () => {
  const api = await service([{ delay: LATE }, {}]);
  const { client, origins } = watched({ rateLimit: RATE, concurrency: { limit: 1 } });

  expect(spanFrom(1, await sendAll(client, api.url))).toBeGreaterThan(atRate(COUNT - 1));
  expect(leftOver(origins)).toEqual(NOTHING);
});

test('requests whose turns have passed while they waited for a token are sent at the rate', async () => {
  const api = await service();
  const token = new Promise<string>((resolve) => setTimeout(resolve, LATE, 'a-token'));
  const { client } = watched({ rateLimit: RATE, token: async () => token });

  expect(spanFrom(0, await sendAll(client, api.url))).toBeGreaterThan(atRate(COUNT));
});

function beBusy(): void {
  const until = performance.now() + LATE;
  while (performance.now() < until);
}

test('requests whose turns have passed while the process was busy are sent at the rate', async () => {
  const api = await service();
  const { client } = watched({ rateLimit: RATE });
  const sent = sendAll(client, api.url);
  while (api.requests.length === 0) await new Promise(setImmediate);

  beBusy();

  expect(spanFrom(1, await sent)).toBeGreaterThan(atRate(COUNT - 1));
});

test('requests that are late are sent at the rate, too, if the process is busy again', async () => {
  const api = await service();
  const { client } = watched({ rateLimit: RATE });
  const sent = sendAll(client, api.url);
  while (api.requests.length === 0) await new Promise(setImmediate);
  beBusy();
  // All of them are late by now, and wait to be sent.
  while (api.requests.length < 3) await new Promise(setImmediate);

  beBusy();

  const last = COUNT - api.requests.length - 1;
  expect(spanFrom(COUNT - last, await sent)).toBeGreaterThan(atRate(last));
});

test('a request that is late each time is not held back', async () => {
  const api = await service();
  const token = async (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 20, 'a-token'));
  const { client } = watched({ rateLimit: { rate: 1, burst: 3, maxWait: 0 }, token });

  const responses = await Promise.all([client.get(api.url), client.get(api.url), client.get(api.url)]);

  expect(Math.max(...responses.map(({ elapsed }) => elapsed))).toBeLessThan(0.9);
});

describe('a request that is late and has to wait', () => {
  const settings = resolveRateLimit({ rate: 0.02 });
  const origin = new OriginState('http://api');

  /** An attempt whose turn was a second ago, and what it waits for. */
  async function late(limit: number, signal?: AbortSignal): Promise<void> {
    if (!settings) throw new Error('there is a limit');
    const attempt = new AttemptState(new Call('GET', 'http://api', limit));
    Object.assign(attempt, { origin, turn: performance.now() - 1000 });
    return sendAtRate(settings).request({ signal } as unknown as RequestConfig, attempt);
  }

  test('leaves when its call is cancelled, or at once where its deadline is too close', async () => {
    await late(Infinity);
    const controller = new AbortController();
    const cancelled = late(Infinity, controller.signal);
    const tooLate = late(20);
    controller.abort();

    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED', sent: 'no' });
    await expect(tooLate).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', sent: 'no' });
    // The turn of the next is the second one, in 50 s.
    expect(origin.sends?.backlog(performance.now())).toBeLessThan(50_000);
  });
});
