import { HTTPError } from '@hdms/http-client';
import type { Scene } from '../scene';

/** The ticket service itself calls the user service, with the middleware of `@hdms/http-client/express`. */
export const chainScenes: readonly Scene[] = [
  {
    title: 'A service that calls another one: the request id goes all the way',
    call: async ({ client, tickets }) =>
      client.getJson(`${tickets}/api/v1/tickets/456/reporter`, { headers: { 'X-Request-Id': 'demo-1' } }),
    attempts: [200],
    body: { id: '123', name: 'Ada Lovelace', askedBy: 'ticket-service' },
  },
  {
    title: 'The service behind it is down: 4 requests for it, and not 16, for the one in front makes no retries',
    call: async ({ client, tickets }) =>
      client.get(`${tickets}/api/v1/tickets/457/reporter`, { headers: { 'X-Request-Id': 'demo-2' } }),
    attempts: [503],
    error: HTTPError,
  },
  {
    title: 'The caller waits for 0.3 s: nobody works on for longer',
    call: async ({ client, tickets }) =>
      client.get(`${tickets}/api/v1/tickets/458/reporter`, {
        headers: { 'X-Request-Timeout-Ms': '300' },
        retryAttempts: 0,
      }),
    attempts: [504],
    error: HTTPError,
  },
  {
    title: 'A 404 that is chosen to be passed through, with what the user service says of it',
    call: async ({ client, tickets }) => client.get(`${tickets}/api/v1/tickets/459/reporter`),
    attempts: [404],
    error: HTTPError,
  },
];
