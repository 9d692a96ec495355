import { HTTPClient, runInContext, tokenService } from '@hdms/http-client';
import { CLIENT } from './token-service';

/** Origins of the services that the desk calls. */
export type Addresses = Readonly<Record<'tokens' | 'users' | 'tickets' | 'search' | 'billing', string>>;

/** The ticket that hardly ever loads. */
export const CURSED = '456';

/** What the deadline of an inbound request leaves, in milliseconds. */
const USUAL = 8000;
const HURRIED = 700;

/** A service with two routes, each of which calls others. */
export class Desk {
  readonly #users: HTTPClient;
  readonly #tickets: HTTPClient;
  readonly #search: HTTPClient;
  readonly #billing: HTTPClient;

  constructor({ tokens, users, tickets, search, billing }: Addresses) {
    const token = tokenService({ url: `${tokens}/oauth/token`, clientId: CLIENT.id, clientSecret: CLIENT.secret });
    const circuitBreaker = { minimumCalls: 5, failureRatio: 0.5, openFor: 3 };
    this.#users = new HTTPClient({ name: 'users', baseURL: users, token });
    this.#tickets = new HTTPClient({ name: 'tickets', baseURL: tickets, token, timeout: 1 });
    this.#search = new HTTPClient({ name: 'search', baseURL: search, hedging: { delay: 0.1 } });
    this.#billing = new HTTPClient({ name: 'billing', baseURL: billing, circuitBreaker, retryAttempts: 1 });
  }

  /** Serves one request of somebody. */
  async serve(signal: AbortSignal): Promise<void> {
    const isShown = Math.random() < 0.7;
    const deadline = performance.now() + (Math.random() < 0.9 ? USUAL : HURRIED);
    const route = (): string => (isShown ? 'GET /desk/tickets/:id' : 'POST /desk/tickets');
    const id = Math.random() < 0.1 ? CURSED : String(500 + Math.floor(Math.random() * 500));
    await runInContext({ route, deadline, signal }, async () => {
      await Promise.allSettled(isShown ? this.#show(id) : this.#create(id));
    });
  }

  close(): void {
    for (const client of [this.#users, this.#tickets, this.#search, this.#billing]) client.close();
  }

  #show(id: string): Promise<unknown>[] {
    const user = Math.random() < 0.93 ? '123' : id;
    const params = { api_key: 'a secret', assignee: user };
    return [
      this.#users.get('/api/v1/users/{id}', { pathParams: { id: user } }),
      this.#tickets.get('/api/v1/tickets/{id}', { pathParams: { id }, params }),
      // Some people type on before the search is done.
      this.#search.get('/tickets/_search', {
        params: { q: 'printer' },
        ...(Math.random() < 0.1 && { signal: AbortSignal.timeout(8) }),
      }),
    ];
  }

  #create(id: string): Promise<unknown>[] {
    return [
      this.#tickets.post('/api/v1/tickets/', { json: { title: 'Printer on fire' } }),
      this.#billing.get('/v2/invoices/{id}', { pathParams: { id } }),
    ];
  }
}
