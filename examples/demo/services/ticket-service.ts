import express from 'express';
import { authenticate, requestContext } from '@hdms/http-client/express';
import { listen, type Listening } from '../../support/listen';
import { answers, hangs, html, inTurn, resets, tickets } from './faults';
import type { Remark } from './remark';
import { reporters } from './reporters';
import { tokensFor } from './trust';

/** Stores tickets, and fails in the ways of a service under load. */
export async function startTicketService(users: string, remark: Remark): Promise<Listening> {
  const app = express();
  app.use(requestContext(), authenticate(tokensFor('ticket-service')), express.json());

  app.get('/api/v1/tickets/restarting', inTurn(answers(503), tickets));
  app.get('/api/v1/tickets/struggling', inTurn(...Array.from({ length: 5 }, () => answers(503)), tickets));
  app.get('/api/v1/tickets/rate-limited', inTurn(answers(429, { 'Retry-After': '1' }), tickets));
  app.get('/api/v1/tickets/stalling', inTurn(hangs, tickets));
  app.get('/api/v1/tickets/resetting', inTurn(resets, resets, tickets));
  app.get('/api/v1/tickets/hanging', hangs);
  app.get('/api/v1/tickets/down', answers(503));
  app.get('/api/v1/tickets/login', html);
  app.get('/api/v1/tickets/:id', ({ params, auth }, response) => {
    response.json({ id: params.id, title: 'Printer on fire', askedBy: auth?.sub });
  });

  const created = new Map<string, unknown>();
  app.post('/api/v1/tickets/', ({ body }, response) => {
    response.status(201).json({ id: '789', ...(body as object) });
  });
  app.post('/api/v1/tickets/hasty', ({ body, headers }, response) => {
    const key = String(headers['idempotency-key']);
    const ticket = created.get(key);
    remark(
      'ticket-service',
      `${ticket ? 'has answered' : 'creates a ticket for'} Idempotency-Key ${key.slice(0, 8)}…${ticket ? ' before' : ''}`,
    );
    if (ticket) {
      response.status(201).json(ticket);
      return;
    }
    // The ticket has been created, but the caller does not learn of it.
    created.set(key, { id: String(790 + created.size), ...(body as object) });
    response.status(503).end();
  });
  const ofUsers = reporters(users, remark);
  app.use(ofUsers.router);

  const listening = await listen(app);
  return {
    url: listening.url,
    async close() {
      await listening.close();
      ofUsers.close();
    },
  };
}
