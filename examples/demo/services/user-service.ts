import express from 'express';
import { listen, type Listening } from '../../support/listen';
import { requireToken } from './require-token';

const users = new Map([['123', { id: '123', name: 'Ada Lovelace' }]]);

/** Knows users, and tells of them to whoever brings a token. */
export async function startUserService(): Promise<Listening> {
  const app = express();
  app.use(requireToken('user-service'));
  app.get('/api/v1/users/:id', ({ params }, response) => {
    const user = users.get(params.id);
    if (user) response.json({ ...user, askedBy: response.locals['caller'] as string });
    else
      response
        .status(404)
        .type('application/problem+json')
        .json({ title: 'Not Found', status: 404, detail: `there is no user ${params.id}` });
  });
  return listen(app);
}
