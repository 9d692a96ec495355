import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import {
  HOPS,
  startChain,
  type Chain,
  type ChainOptions,
  type Ending,
  type Hop,
} from '../../examples/chain/start-chain';
import type { Visit } from '../../examples/chain/watch';
import { HTTPClient, type HTTPResponse } from '../../src/index';
import { service } from '../support/service';
import { builtHops } from './built-hops';

// The programs of examples/chain, in four processes: Express 5, NestJS 11, Express 4 and Express 5.

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;
/** Those that call another one. */
const CALLERS = HOPS.slice(0, -1);

/** Who calls the edge, and sees what comes of one request. */
const caller = new HTTPClient({ retryAttempts: 0, timeout: 30, validateStatus: null });
let directory = '';
/** With the defaults of the client, for all tests that need nothing else. */
let chain: Chain;
const chains: Chain[] = [];

beforeAll(async () => {
  directory = builtHops();
  chain = await start();
});

afterAll(async () => {
  await Promise.all(chains.map(async (one) => one.close()));
  caller.close();
});

async function start(options: ChainOptions = {}): Promise<Chain> {
  const one = await startChain({ directory, ...options });
  chains.push(one);
  return one;
}

async function ask({ url }: Chain, order: string, headers: Record<string, string> = {}): Promise<HTTPResponse> {
  return caller.get(`${url}/orders/${order}`, { headers });
}

/** Asks for what takes long, and leaves when the last hop is at it. Answers with the instant of that. */
async function askAndLeave(hops: Chain, requestId: string): Promise<number> {
  const page = new AbortController();
  const headers = { 'X-Request-Id': requestId };
  const request = caller.get(`${hops.url}/orders/slow`, { headers, signal: page.signal });
  request.catch(() => undefined);
  await hops.reached('last', requestId);
  const leftAt = performance.timeOrigin + performance.now();
  page.abort();
  await expect(request).rejects.toMatchObject({ code: 'CANCELLED' });
  return leftAt;
}

/** What each hop saw of a request that each of them got once. */
async function visitOfEach(requestId: string, hops = chain): Promise<Record<Hop, Visit>> {
  const seen = Object.entries(await hops.visits(requestId));
  expect(seen.map(([hop, { length }]) => [hop, length])).toEqual(HOPS.map((hop) => [hop, 1]));
  return Object.fromEntries(seen.map(([hop, [visit]]) => [hop, visit])) as Record<Hop, Visit>;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

describe('the identity of a request', () => {
  test('is one request id and one trace id from end to end, with the parent id of the last that recorded a span', async () => {
    const requestId = randomUUID();

    const response = await ask(chain, '17', { 'X-Request-Id': requestId, traceparent: TRACEPARENT });

    const seen = Object.values(await visitOfEach(requestId));
    expect([response.status, response.headers['x-request-id']]).toEqual([200, requestId]);
    expect(seen.map(({ traceId }) => traceId)).toEqual(HOPS.map(() => TRACE_ID));
    expect(new Set(seen.map(({ parentId }) => parentId))).toEqual(new Set(['00f067aa0ba902b7']));
  });

  test('is made at the edge where there is none, and comes back', async () => {
    const response = await ask(chain, '18');

    const requestId = String(response.headers['x-request-id']);
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    const seen = Object.values(await visitOfEach(requestId));
    // The trace is for a tracing library to begin.
    expect(seen.map(({ traceId }) => traceId)).toEqual(HOPS.map(() => undefined));
  });
});

test('a request line with another host leads to no request to that host', async () => {
  const elsewhere = await service([{ json: {} }]);

  const response = await new Promise<IncomingMessage>((resolve) => {
    http.get(chain.url, { path: `${elsewhere.url}/orders/19`, agent: false }, resolve);
  });

  expect(response.resume().statusCode).toBe(200);
  expect(elsewhere.requests).toEqual([]);
});

describe('a request with 300 ms at the edge, and a last hop that would take 5 s', () => {
  interface Run {
    readonly status: number;
    readonly elapsed: number;
    readonly seen: Record<Hop, Visit>;
  }
  const runs: Run[] = [];

  beforeAll(async () => {
    for (let i = 0; i < 5; i++) {
      const requestId = `hurried-${i}`;
      const before = performance.now();
      const { status } = await ask(chain, 'slow', { 'X-Request-Id': requestId, 'X-Request-Timeout-Ms': '300' });
      const elapsed = performance.now() - before;
      runs.push({ status, elapsed, seen: await visitOfEach(requestId) });
    }
  });

  test('is answered 504 in that time', () => {
    expect(runs.map(({ status }) => status)).toEqual([504, 504, 504, 504, 504]);
    expect(median(runs.map(({ elapsed }) => elapsed))).toBeGreaterThan(150);
    // Not after 5 s; a busy machine adds to each hop.
    expect(median(runs.map(({ elapsed }) => elapsed))).toBeLessThan(1000);
  });

  test('has less time at each hop than at the one before', () => {
    for (const { seen } of runs) {
      const [edge, second = NaN, third = NaN, last = NaN] = HOPS.map((hop) => seen[hop].given);
      expect(edge).toBe(300);
      expect(second).toBeLessThanOrEqual(280);
      expect(third).toBeLessThanOrEqual(second - 20);
      expect(last).toBeLessThanOrEqual(third - 20);
      expect(last).toBeGreaterThan(0);
    }
  });

  test.each(HOPS)('is not worked on at hop %s 50 ms after its time is over', (hop) => {
    const late = runs.map(({ seen }) => seen[hop].endedAt - (seen.edge.deadline ?? NaN));

    // Of the run in which the machine did least beside it.
    expect(Math.min(...late)).toBeLessThanOrEqual(50);
  });

  // Stricter: the time that it was given is shorter than that of the edge.
  test.each(HOPS)('is not worked on at hop %s 50 ms after the time that this hop was given', (hop) => {
    const late = runs.map(({ seen }) => seen[hop].endedAt - (seen[hop].deadline ?? NaN));

    // Of the run in which the machine did least beside it.
    expect(Math.min(...late)).toBeLessThanOrEqual(50);
  });

  test('is cut off at the last hop, whose caller does not wait', () => {
    for (const { seen } of runs) {
      // In a busy process, that caller may have gone in the turn of the event loop in which the deadline ends.
      expect(seen.third.failures.map(({ code }) => code).join()).toMatch(/^(?:DEADLINE_EXCEEDED|CANCELLED)$/);
      expect(seen.last.abortedAt).toBeDefined();
      expect(seen.last.status).toBeUndefined();
    }
  });
});

test('a caller that hangs up at the edge ends the work at every hop, silently', async () => {
  const quiet = await start();

  const leftAt = await askAndLeave(quiet, 'gone');

  const seen = await visitOfEach('gone', quiet);
  expect(CALLERS.map((hop) => seen[hop].failures.map(({ code }) => code))).toEqual(CALLERS.map(() => ['CANCELLED']));
  for (const hop of HOPS) {
    expect(seen[hop].abortedAt).toBeGreaterThan(leftAt - 5);
    expect(seen[hop].endedAt - leftAt).toBeLessThan(1000);
  }
  // An unhandled rejection would have ended a process.
  expect((await ask(quiet, '19')).status).toBe(200);
  expect(HOPS.map((hop) => quiet.outputOf(hop))).toEqual(['', '', '', '']);
});

describe.each([
  ['with the guard', { isGuarded: true }, 4, 4],
  // Its 64 would take 12 retries of the second hop and 48 of the third; each has 10. Then the second has none left.
  ['with the budget alone', { isGuarded: false }, 4 + 10 + 10, 4 * 4],
  ['with neither', { isGuarded: false, hasBudget: false }, 64, 64],
])('a last hop that is down, %s', (_, options, requests, refused) => {
  const { isGuarded } = options;
  let down: Chain;
  beforeAll(async () => {
    down = await start({ ...options, retryBase: 0.001 });
  });

  test(`gets ${requests} requests for one at the edge while it answers 503`, async () => {
    const requestId = randomUUID();

    const { status, headers } = await ask(down, 'unavailable', { 'X-Request-Id': requestId });

    const { last } = await down.visits(requestId);
    expect(last).toHaveLength(requests);
    expect([status, headers['x-should-retry']]).toEqual(isGuarded ? [503, 'false'] : [502, undefined]);
  });

  test(`is tried ${refused} times for one request at the edge when nothing listens there`, async () => {
    const requestId = randomUUID();
    await down.end('last');

    const { status } = await ask(down, '20', { 'X-Request-Id': requestId });

    const { third } = await down.visits(requestId);
    const attempts = third.flatMap(({ failures }) => failures.flatMap((failure) => failure.attempts));
    expect(attempts).toEqual(Array.from({ length: refused }, () => 'CONNECTION_REFUSED'));
    expect(status).toBe(502);
  });
});

test('a last hop that stays down gets hardly more requests than the edge', async () => {
  const down = await start({ retryBase: 0.001 });
  const counts: number[] = [];

  for (let asked = 0; asked < 30; asked++) {
    const requestId = randomUUID();
    const { status, headers } = await ask(down, 'unavailable', { 'X-Request-Id': requestId });
    expect([status, headers['x-should-retry']]).toEqual([503, 'false']);
    counts.push((await down.visits(requestId)).last.length);
  }

  // A fresh process retries the first three requests, as the contract says. Then no success earns more retries.
  expect(counts.slice(0, 3)).toEqual([4, 4, 4]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(30 + 11);
  expect(Math.max(...counts.slice(5))).toBeLessThanOrEqual(2);
});

test('a last hop that refuses the request gets it once', async () => {
  const requestId = randomUUID();

  const { status } = await ask(chain, 'refused', { 'X-Request-Id': requestId });

  await visitOfEach(requestId);
  expect(status).toBe(502);
});

test('each process ends by itself when it is told to', async () => {
  const ending = await start();
  // With all that may leave something behind.
  await ask(ending, '21');
  await ask(ending, 'slow', { 'X-Request-Timeout-Ms': '300' });
  await askAndLeave(ending, 'gone');

  const before = performance.now();
  const endings: Ending[] = [];
  // From the edge on, so that each has a next one that holds its connections.
  for (const hop of HOPS) endings.push(await ending.end(hop));

  expect(endings).toEqual(HOPS.map(() => ({ code: 0, signal: null })));
  expect(performance.now() - before).toBeLessThan(2000);
});
