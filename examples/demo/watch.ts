import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPClient, runInContext, tokenService } from '@hdms/http-client';
import { startInspector } from '@hdms/http-client/inspector';
import { paint } from './paint';
import { startTicketService } from './services/ticket-service';
import { CLIENT, startTokenService } from './services/token-service';
import { startUserService } from './services/user-service';

/** Milliseconds between two inbound requests, on average. */
const PACE = 250;

/** The failing routes of the ticket service, and how often they are called in a hundred requests. */
const TROUBLES: Readonly<Record<string, number>> = {
  restarting: 6,
  'rate-limited': 3,
  stalling: 3,
  resetting: 4,
  down: 3,
  login: 2,
};

/** Calls the demo's services until it is interrupted, and shows the calls in a browser. */
export async function watch(): Promise<void> {
  const say = (): void => undefined;
  const tokens = await startTokenService(say);
  const users = await startUserService(say);
  const tickets = await startTicketService(users.url, say);
  const token = tokenService({ url: `${tokens.url}/oauth/token`, clientId: CLIENT.id, clientSecret: CLIENT.secret });
  const desk = {
    users: new HTTPClient({ name: 'users', baseURL: users.url, token }),
    tickets: new HTTPClient({
      name: 'tickets',
      baseURL: tickets.url,
      token,
      timeout: 1,
      circuitBreaker: { openFor: 3 },
    }),
  };
  const { INSPECTOR_PORT: port = '0' } = process.env;
  const inspector = await startInspector({ port: Number(port) });
  console.log('Three services, and a fourth one that calls them. Its calls, as they happen:\n');
  console.log(`  ${paint('bold', inspector.url)}\n\nOpen the address in a browser. Ctrl+C ends the demo.`);
  for (;;) {
    void serve(desk);
    await sleep(PACE * 2 * Math.random());
  }
}

interface Desk {
  readonly users: HTTPClient;
  readonly tickets: HTTPClient;
}

/** What the fourth service does for one request of its own. */
async function serve({ users, tickets }: Desk): Promise<void> {
  const route = (): string => 'GET /desk/tickets/:id';
  await runInContext({ route, deadline: performance.now() + 8000 }, async () => {
    const id = String(100 + Math.floor(Math.random() * 900));
    const pathParams = { id: troubleOf(Math.random() * 100) ?? id };
    const calls = [
      users.get('/api/v1/users/{id}', { pathParams: { id: Math.random() < 0.95 ? '123' : id } }),
      tickets.get('/api/v1/tickets/{id}', { pathParams, params: { api_key: 'a secret' } }),
      ...(Math.random() < 0.1 ? [tickets.post('/api/v1/tickets/', { json: { title: 'Printer on fire' } })] : []),
    ];
    await Promise.allSettled(calls);
  });
}

function troubleOf(chance: number): string | undefined {
  let rest = chance;
  for (const [name, share] of Object.entries(TROUBLES)) {
    rest -= share;
    if (rest < 0) return name;
  }
  return undefined;
}
