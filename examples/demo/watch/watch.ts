import { setTimeout as sleep } from 'node:timers/promises';
import { startInspector } from '@hdms/http-client/inspector';
import { paint } from '../stage/paint';
import { CURSED, Desk, type Addresses } from './desk';
import { startMoodyService, type Moods } from './moody-service';
import { startTokenService } from './token-service';
import { startUserService } from './user-service';

/** Milliseconds between two inbound requests, on average. */
const PACE = 500;
/** Billing is down for some seconds of each half minute. */
const OUTAGE = { every: 30, lasts: 9 };

const TICKET_MOODS: Moods = [
  [7, { status: 503 }],
  [3, { status: 429, headers: { 'Retry-After': '1' } }],
  [3, { status: 'reset' }],
  [3, { status: 'hang' }],
  [3, { status: 307, headers: { Location: '/api/v2/tickets/456' } }],
];
/** Of the one ticket that hardly ever loads. */
const CURSED_MOODS: Moods = [
  [50, { status: 503 }],
  [25, { status: 'hang' }],
  [20, { status: 429, headers: { 'Retry-After': '2' } }],
];
const SLOW: Moods = [[12, { status: 200, after: 600 }]];
const DOWN: Moods = [[100, { status: 503 }]];

/** Calls the demo's services until it is interrupted, and shows the calls in a browser. */
export async function watch(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      stop.abort();
    });
  }
  const services = await startServices();
  const { INSPECTOR_PORT: port = '0' } = process.env;
  const inspector = await startInspector({ port: Number(port) });
  const desk = new Desk(services.addresses);
  console.log('A ticket desk that calls four services. Its calls, as they happen:\n');
  console.log(`  ${paint('bold', inspector.url)}\n\nOpen the address in a browser. Ctrl+C ends the demo.`);

  const serving = new Set<Promise<unknown>>();
  while (!stop.signal.aborted) {
    const served = desk.serve(stop.signal).finally(() => serving.delete(served));
    serving.add(served);
    await sleep(PACE * 2 * Math.random(), undefined, { signal: stop.signal }).catch(() => undefined);
  }
  await Promise.all(serving);
  desk.close();
  await inspector.close();
  await services.close();
}

function ticketMoods(url: string): Moods {
  if (url.startsWith('/api/v2/')) return [];
  return url.includes(`/${CURSED}?`) ? CURSED_MOODS : TICKET_MOODS;
}

async function startServices(): Promise<{ addresses: Addresses; close(): Promise<void> }> {
  const started = performance.now();
  const isDown = (): boolean => ((performance.now() - started) / 1000) % OUTAGE.every > OUTAGE.every - OUTAGE.lasts;
  const [tokens, users, tickets, search, billing] = await Promise.all([
    startTokenService(),
    startUserService(),
    startMoodyService(ticketMoods),
    startMoodyService(() => SLOW),
    startMoodyService(() => (isDown() ? DOWN : [])),
  ]);
  return {
    addresses: { tokens: tokens.url, users: users.url, tickets: tickets.url, search: search.url, billing: billing.url },
    async close() {
      await Promise.all([tokens, users, tickets, search, billing].map(async (one) => one.close()));
    },
  };
}
