import express from 'express';
import { authenticate, requestContext } from '@hdms/http-client/express';
import { listen, type Listening } from '../../support/listen';
import { AUDIENCE, ISSUER, SIGNING_KEY } from './token-service';

const users = new Map([['123', { id: '123', name: 'Ada Lovelace' }]]);

/** Returns users to callers with a valid token. */
export async function startUserService(): Promise<Listening> {
  const app = express();
  app.use(requestContext());
  app.use(
    authenticate({
      ...{ secret: SIGNING_KEY, algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE },
      // Both clocks count whole seconds.
      clockTolerance: 1,
    }),
  );
  app.get('/api/v1/users/:id', ({ params, auth }, response) => {
    const user = users.get(params.id);
    const type = 'application/problem+json';
    if (user) response.json({ ...user, askedBy: auth?.sub });
    else
      response
        .status(404)
        .type(type)
        .json({ title: 'Not Found', status: 404, detail: `no user ${params.id}` });
  });
  return listen(app);
}
