import { HTTPError, Timeout } from '@hdms/http-client';
import type { Scene } from '../scene';

/** The contract's own examples. @see contract, "Usage Examples", "Retry Configuration", "Error Handling" */
export const contractScenes: readonly Scene[] = [
  {
    title: 'A basic GET request; the token comes from the token service',
    call: async ({ client, users }) => client.get(`${users}/api/v1/users/123`),
    attempts: [200],
    body: { id: '123', name: 'Ada Lovelace', askedBy: 'demo-gateway' },
  },
  {
    title: 'An authenticated request: the token that is passed comes first',
    call: async ({ client, tickets, token }) => client.get(`${tickets}/api/v1/tickets/456`, { token, timeout: 10 }),
    attempts: [200],
    body: { id: '456', title: 'Printer on fire', askedBy: 'a user of ours' },
  },
  {
    title: 'The JSON helper: the body at once',
    call: async ({ client, users }) => client.getJson(`${users}/api/v1/users/123`),
    attempts: [200],
    body: { id: '123', name: 'Ada Lovelace', askedBy: 'demo-gateway' },
  },
  {
    title: 'POST with JSON data',
    call: async ({ client, tickets }) =>
      client.postJson(`${tickets}/api/v1/tickets/`, { json: { title: 'New Issue', priority: 'high' } }),
    attempts: [201],
    body: { id: '789', title: 'New Issue', priority: 'high' },
  },
  {
    title: 'More retries than the default of 3 (waits here a tenth of the usual)',
    call: async ({ hurried, tickets }) => hurried.get(`${tickets}/api/v1/tickets/struggling`, { retryAttempts: 5 }),
    attempts: [503, 503, 503, 503, 503, 200],
    waits: [0.05, 0.1, 0.2, 0.4, 0.8],
    body: [{ id: '456', title: 'Printer on fire' }],
  },
  {
    title: 'No retries',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/down`, { retryAttempts: 0 }),
    attempts: [503],
    error: HTTPError,
  },
  {
    title: 'A timeout of its own, in seconds',
    call: async ({ client, tickets }) =>
      client.get(`${tickets}/api/v1/tickets/hanging`, { timeout: 0.25, retryAttempts: 0 }),
    attempts: ['TIMEOUT'],
    error: Timeout,
  },
  {
    title: 'A 4xx is not retried: 404',
    call: async ({ client, users }) => client.get(`${users}/api/v1/users/999`),
    attempts: [404],
    error: HTTPError,
  },
  {
    title: 'A 4xx is not retried: 401, for a token that nobody signed',
    call: async ({ client, users }) => client.get(`${users}/api/v1/users/123`, { token: 'made-up' }),
    attempts: [401],
    error: HTTPError,
  },
];
