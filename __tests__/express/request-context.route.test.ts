import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { currentContext, HTTPClient, observe, type RequestContext } from '../../src/index';
import { requestContext } from '../../src/express';
import { collect } from '../support/collect';
import { service } from '../support/service';
import { app, EXPRESSES, route } from './expresses';

const client = new HTTPClient({ token: null });

afterAll(() => {
  client.close();
});

describe.each(EXPRESSES)('in %s', (_, express) => {
  test('the context has the route of the request as soon as it is known, and messages show it', async () => {
    const api = await service();
    const before: (string | undefined)[] = [];
    const messages: (string | undefined)[] = [];
    const early: RequestHandler = (_request, _response, next) => {
      before.push(currentContext()?.route);
      next();
    };
    const orders = express.Router();
    orders.get(
      '/:id',
      route(async (_request, response) => {
        await client.get(api.url);
        response.json({ route: currentContext()?.route });
      }),
    );
    const inner = express.Router();
    inner.use('/tenants/:tenant/orders', orders);
    const url = await app(express, requestContext(), early, inner);
    const stop = observe({
      callStart: ({ call }) => {
        messages.push(call.context?.route);
      },
    });

    const { data } = await client.get(`${url}/tenants/acme/orders/7?key=1`);
    stop();

    expect(data).toEqual({ route: '/tenants/:tenant/orders/:id' });
    expect(before).toEqual([undefined]);
    // That of the test itself is outside of the request.
    expect(messages).toEqual([undefined, '/tenants/:tenant/orders/:id']);
  });

  test('it stays known after the response, also if the router failed', async () => {
    const contexts: (RequestContext | undefined)[] = [];
    const orders = express.Router();
    orders.get(
      '/:id',
      route(() => {
        contexts.push(currentContext());
        throw new Error('a mistake');
      }),
    );
    const inner = express.Router();
    inner.use('/orders', orders);
    const url = await app(express, requestContext(), inner);

    const { status } = await client.get(`${url}/orders/7`, { validateStatus: null, retryAttempts: 0 });
    await nextTurn();

    expect(status).toBe(500);
    expect(contexts.map((context) => context?.route)).toEqual(['/orders/:id']);
  });

  test('a context that is kept does not keep its request', async () => {
    const kept: (RequestContext | undefined)[] = [];
    const requests: WeakRef<object>[] = [];
    const router = express.Router();
    router.get('/orders/:id', (request, response) => {
      kept.push(currentContext());
      requests.push(new WeakRef(request));
      response.end();
    });
    const url = await app(express, requestContext(), router);

    for (let n = 0; n < 20; n++) await (await fetch(`${url}/orders/${n}`, { headers: { Connection: 'close' } })).text();
    for (let n = 0; n < 50 && requests.filter((one) => one.deref()).length > 5; n++) {
      await nextTurn();
      collect();
    }

    expect(requests.filter((one) => one.deref()).length).toBeLessThanOrEqual(5);
    expect(kept.map((context) => context?.route)).toEqual(new Array(20).fill('/orders/:id'));
  });
});
