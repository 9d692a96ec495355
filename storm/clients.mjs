// The clients of a run: one for each transport and each value of `unsafeMethods`.
import { globalAgent } from 'node:http';
import { HTTPClient, OriginStates } from '@hdms/http-client';
import { undici } from '@hdms/http-client/undici';

export const RETRY = { base: 0.004, factor: 2, cap: 0.02, maxRetryAfter: 1 };
export const MAX_RESPONSE_SIZE = 300_000;

const POLICIES = ['always', 'when-not-sent', 'never'];

export class Clients {
  #clients = new Map();

  constructor(transports) {
    for (const transport of transports) {
      for (const unsafeMethods of POLICIES) {
        this.#clients.set(`${transport} ${unsafeMethods}`, createClient(transport, unsafeMethods));
      }
    }
  }

  of({ transport, unsafeMethods }) {
    return this.#clients.get(`${transport} ${unsafeMethods}`);
  }

  close() {
    for (const { client } of this.#clients.values()) client.close();
    // The connections of axios's adapter belong to Node.
    globalAgent.destroy();
  }

  /** Attempts that still count as under way. */
  get underWay() {
    const states = [...this.#clients.values()].flatMap(({ origins }) => [...origins.values()]);
    return states.reduce((sum, { inUse, concurrency }) => sum + inUse + (concurrency?.active ?? 0), 0);
  }

  get sharedSignals() {
    return [...this.#clients.values()].map(({ shared }) => shared.signal);
  }
}

/** @returns the client, a controller that calls share and that never aborts, and the journals that the client's plugin saw */
function createClient(transport, unsafeMethods) {
  const journals = new Map();
  const origins = new OriginStates();
  const client = new HTTPClient({
    ...(transport === 'undici' && { transport: undici() }),
    token: tokenSource(),
    // Each call is judged by itself: what others have met must not change it. The slots and the circuit only count.
    retry: { ...RETRY, unsafeMethods, budget: false },
    backpressure: false,
    concurrency: { limit: 100_000 },
    circuitBreaker: { minimumCalls: 1_000_000 },
    origins,
    maxResponseSize: MAX_RESPONSE_SIZE,
    // Some clients have interceptors, and some have none.
    plugins: unsafeMethods === 'always' ? [] : [journalKeeper(journals)],
  });
  return { client, shared: new AbortController(), journals, origins };
}

/** Keeps the journals of successful calls, because getJson, postJson and putJson return only a value. */
function journalKeeper(journals) {
  return {
    name: 'journal-keeper',
    ring: 'call',
    install(http) {
      http.interceptors.response.use((response) => {
        journals.set(response.config.url, response.config.call.attempts);
        return response;
      });
    },
  };
}

function tokenSource() {
  let issued = 1;
  return {
    getToken: () => `storm-token-${issued}`,
    invalidate(token) {
      if (token === `storm-token-${issued}`) issued++;
    },
  };
}
