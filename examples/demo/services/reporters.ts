import { Router } from 'express';
import { HTTPClient } from '@hdms/http-client';
import { upstreamErrors } from '@hdms/http-client/express';
import type { Remark } from './remark';
import { sign } from './token-service';

/** Users by ticket: one exists, one record cannot be read, one record never arrives, one user has left. */
const REPORTERS = new Map([
  ['456', '123'],
  ['457', 'down'],
  ['458', 'hanging'],
  ['459', '999'],
]);

/** The part of the ticket service that needs the user service. */
export function reporters(users: string, remark: Remark): { readonly router: Router; close(): void } {
  const client = new HTTPClient({ baseURL: users, token: () => sign('ticket-service'), retry: { base: 0.05 } });
  const router = Router();
  router.get('/api/v1/tickets/:id/reporter', async ({ params }, response) => {
    response.json(await client.getJson(`/api/v1/users/${REPORTERS.get(params.id) ?? 'nobody'}`));
  });
  router.use(
    upstreamErrors({
      passThrough: [404],
      log: ({ code, retries }) => {
        remark('ticket-service', `has got ${code} from user-service after ${retries} retries`);
      },
    }),
  );
  return {
    router,
    close() {
      client.close();
    },
  };
}
