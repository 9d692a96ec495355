import { ConnectionError, HTTPError, JSONDecodeError } from '@hdms/http-client';
import type { Scene } from '../scene';

const TICKETS = [{ id: '456', title: 'Printer on fire' }];

/** Failures between services, and how the client handles them. @see contract, "Retry Logic" */
export const flakyScenes: readonly Scene[] = [
  {
    title: 'The service is restarting: 503, then 200',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/restarting`),
    attempts: [503, 200],
    waits: [0.5],
    body: TICKETS,
  },
  {
    title: 'The service asks for a second of patience: 429 with Retry-After: 1',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/rate-limited`),
    attempts: [429, 200],
    waits: [1],
    body: TICKETS,
  },
  {
    title: 'The connection is reset: first an idle one, then a new one',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/resetting`),
    attempts: ['STALE_CONNECTION', 'CONNECTION_RESET', 200],
    waits: [0, 0.5],
    // An idle connection may have been closed before the request was read. Sending it again does not use up a retry.
    retries: 1,
    body: TICKETS,
  },
  {
    title: 'The service hangs for longer than the timeout, then answers',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/stalling`, { timeout: 0.25 }),
    attempts: ['TIMEOUT', 200],
    waits: [0.5],
    body: TICKETS,
  },
  {
    title: 'A POST is repeated with the same Idempotency-Key, so there is one ticket and not two',
    call: async ({ client, tickets }) =>
      client.postJson(`${tickets}/api/v1/tickets/hasty`, { json: { title: 'New Issue' } }),
    attempts: [503, 201],
    waits: [0.5],
    body: { id: '790', title: 'New Issue' },
  },
  {
    title: 'HTML where JSON was expected',
    call: async ({ client, tickets }) => client.getJson(`${tickets}/api/v1/tickets/login`),
    attempts: [200],
    error: JSONDecodeError,
  },
  {
    title: 'Nothing listens there',
    call: async ({ client, nowhere }) => client.get(`${nowhere}/api/v1/users/123`, { retryAttempts: 1 }),
    attempts: ['CONNECTION_REFUSED', 'CONNECTION_REFUSED'],
    waits: [0.5],
    error: ConnectionError,
  },
  {
    title: 'The service stays down: the waits of the contract, then an HTTPError',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/down`),
    attempts: [503, 503, 503, 503],
    waits: [0.5, 1, 2],
    error: HTTPError,
    logged: true,
  },
];
