import express from 'express';
import { currentContext } from '@hdms/http-client';
import { authenticate, requestContext } from '@hdms/http-client/express';
import { listen, type Listening } from '../../support/listen';
import { answers, hangs } from './faults';
import type { Remark } from './remark';
import { tokensFor } from './trust';

const users = new Map([['123', { id: '123', name: 'Ada Lovelace' }]]);

/** Returns users to callers with a valid token. */
export async function startUserService(remark: Remark): Promise<Listening> {
  const app = express();
  app.use(requestContext(), authenticate(tokensFor('user-service')));
  app.use((request, _, next) => {
    const { attempt = 1, requestId = '' } = currentContext() ?? {};
    // Requests of another service, not of the demo itself.
    if (request.auth?.sub === 'ticket-service') {
      remark('user-service', `is asked by ticket-service for request ${requestId}, attempt ${attempt}`);
    }
    next();
  });
  app.get('/api/v1/users/down', answers(503));
  app.get('/api/v1/users/hanging', hangs);
  app.get('/api/v1/users/:id', ({ params, auth }, response) => {
    const user = users.get(params.id);
    if (user) response.json({ ...user, askedBy: auth?.sub });
    else
      response
        .status(404)
        .type('application/problem+json')
        .json({ title: 'Not Found', status: 404, detail: `there is no user ${params.id}` });
  });
  return listen(app);
}
