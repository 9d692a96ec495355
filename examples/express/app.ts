import express, { type Express } from 'express';
import { authenticate, requestContext, upstreamErrors } from '@hdms/http-client/express';
import type { InspectorHandler } from '@hdms/http-client/inspector';
import type { Settings } from './settings';
import type { Users } from './users';

const ORDERS = [
  { number: 'A-1', customer: '123', item: 'paper' },
  { number: 'A-2', customer: '123', item: 'ink' },
];

/** The orders service: every request carries a token, and most need a call to the users service. */
export function ordersApp(
  users: Users,
  calls: InspectorHandler,
  { issuer, keysURL }: Pick<Settings, 'issuer' | 'keysURL'>,
): Express {
  const app = express();
  // First, so that everything after it is in the context.
  app.use(requestContext({ forward: ['X-Tenant'] }));
  // Before the token is checked, because probes have none.
  app.get('/health', (_, response) => {
    response.json({ status: 'ok' });
  });
  app.use(authenticate({ jwks: keysURL, issuer, audience: 'orders-service' }));
  // Its calls to other services, as they happen. After the token is checked, because it looks at the subject.
  app.use('/calls', calls);

  app.get('/customers/:id/orders', async ({ params, auth }, response) => {
    const { id, name } = await users.byId(params.id);
    const orders = ORDERS.filter(({ customer }) => customer === id);
    response.json({ customer: name, orders, askedBy: auth?.sub });
  });

  // Last. A customer that the users service does not know is unknown here too: 404 is passed through.
  app.use(
    upstreamErrors({
      passThrough: [404],
      log: ({ name, code, retries }, _, requestId = '') => {
        console.log(`${requestId} ${name} [${code}] after ${retries} retries`);
      },
    }),
  );
  return app;
}
