/** A request through four services: its identity, deadline and cancellation, and how often a failing last hop is called. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { HTTPClient, type HTTPResponse } from '@hdms/http-client';
import { example } from '../support/example';
import { bar, span, table } from './print';
import { HOPS, startChain, type Chain, type Hop } from './start-chain';
import type { Visit } from './watch';

/** The caller of the edge. It is in no context, and makes single requests to see what becomes of each. */
const browser = new HTTPClient({ retryAttempts: 0, timeout: 30, validateStatus: null });

example(async () => {
  const [guarded, unguarded, careless] = await Promise.all([
    // Longer than what any hop has left in `showDeadline`, so that none of them retries there.
    startChain({ retryBase: 0.1 }),
    startChain({ retryBase: 0.01, isGuarded: false }),
    startChain({ retryBase: 0.01, isGuarded: false, hasBudget: false }),
  ]);
  console.log('edge (Express 5) → second (NestJS 11) → third (Express 4) → last (Express 5), each in its own process');

  await showIdentity(guarded);
  await showDeadline(guarded);
  await showHangUp(guarded);
  await showAmplification({
    'with the guard': [guarded, 4],
    'with the budget alone': [unguarded, 24],
    'with neither': [careless, 64],
  });

  await guarded.close();
  await unguarded.close();
  await careless.close();
  browser.close();
});

async function showIdentity(chain: Chain): Promise<void> {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const { headers } = await ask(chain, '17', { 'X-Request-Id': 'order-17', traceparent });
  const seen = await visitOfEach(chain, 'order-17');

  console.log('\nOne identity');
  table(
    ['hop', 'request id', 'trace id', 'parent id'],
    HOPS.map((hop) => {
      const { requestId, traceId, parentId } = seen[hop];
      return [hop, requestId, traceId, parentId];
    }),
  );
  assert.equal(headers['x-request-id'], 'order-17');
  assert.equal(new Set(HOPS.map((hop) => seen[hop].traceId)).size, 1);
  assert.equal(new Set(HOPS.map((hop) => seen[hop].parentId)).size, 1);
}

async function showDeadline(chain: Chain): Promise<void> {
  const requestId = randomUUID();
  const headers = { 'X-Request-Id': requestId, 'X-Request-Timeout-Ms': '300' };
  const { status, elapsed } = await ask(chain, 'slow', headers);
  const seen = await visitOfEach(chain, requestId);
  const { deadline } = seen.edge;

  console.log(`\n300 ms for what takes 5 s: ${status} after ${Math.round(elapsed * 1000)} ms`);
  table(
    ['hop', 'was given', 'worked on after that', 'after the time of the edge'],
    HOPS.map((hop) => {
      const { given = NaN, endedAt } = seen[hop];
      return [hop, `${given} ms`, span(seen[hop].deadline, endedAt), span(deadline, endedAt)];
    }),
  );
  assert.equal(status, 504);
  // One measurement, on a machine that may be busy. The test takes several, and requires 50 ms.
  for (const hop of HOPS) assert.ok(seen[hop].endedAt - Number(deadline) < 500);
}

async function showHangUp(chain: Chain): Promise<void> {
  const requestId = randomUUID();
  const page = new AbortController();
  const request = ask(chain, 'slow', { 'X-Request-Id': requestId }, page.signal);
  request.catch(() => undefined);
  await chain.reached('last', requestId);
  const left = performance.timeOrigin + performance.now();
  page.abort();
  await assert.rejects(request);
  const seen = await visitOfEach(chain, requestId);

  console.log('\nThe caller hangs up while the last hop is at work');
  table(
    ['hop', 'heard of it after', 'its call'],
    HOPS.map((hop) => {
      const { abortedAt, failures } = seen[hop];
      return [hop, span(left, abortedAt), failures[0]?.code];
    }),
  );
  assert.ok(HOPS.every((hop) => seen[hop].abortedAt !== undefined));
}

async function showAmplification(chains: Readonly<Record<string, readonly [Chain, number]>>): Promise<void> {
  console.log('\nThe last hop answers 503: its requests for one at the edge');
  const rows: string[][] = [];
  for (const [name, [chain, expected]] of Object.entries(chains)) {
    await ask(chain, 'unavailable', { 'X-Request-Id': 'unavailable' });
    const seen = await chain.visits('unavailable');
    rows.push([name, String(seen.last.length), bar(seen.last.length)]);
    assert.equal(seen.last.length, expected);
  }
  table([], rows);
}

async function ask(
  { url }: Chain,
  order: string,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<HTTPResponse> {
  return browser.get(`${url}/orders/${order}`, { headers, ...(signal && { signal }) });
}

/** What each hop saw of a request that reached each of them once. */
async function visitOfEach(chain: Chain, requestId: string): Promise<Readonly<Record<Hop, Visit>>> {
  const seen = Object.entries(await chain.visits(requestId));
  for (const [hop, { length }] of seen) assert.equal(length, 1, hop);
  return Object.fromEntries(seen.map(([hop, [visit]]) => [hop, visit])) as Record<Hop, Visit>;
}
