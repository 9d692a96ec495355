import type { Express as App, RequestHandler, Router } from 'express';
import { expressRoute } from '../../src/server/express-route';
import { EXPRESSES, type Express } from '../express/expresses';
import { serve } from './serve';

const tell: RequestHandler = (request, response) => {
  response.json({ route: expressRoute(request) });
};

/** The route that an application tells of each path. */
async function routesOf(make: Express, build: (app: App, router: () => Router) => void, ...paths: string[]) {
  const app = make();
  app.set('env', 'test');
  build(app, () => make.Router());
  const url = await serve(app);
  const routes = paths.map(async (path) => {
    const { route } = (await (await fetch(url + path)).json()) as { route?: string };
    return route;
  });
  return Promise.all(routes);
}

describe.each(EXPRESSES)('in %s', (name, make) => {
  const isFour = name === 'Express 4';

  test('a route is its declaration: no id, no query', async () => {
    const build = (app: App): void => void app.get('/orders/:id/items/:item', tell).get('/', tell);

    expect(await routesOf(make, build, '/orders/7/items/8?q=1', '/orders/x%2Fy/items/9/', '/?a=1')).toEqual([
      '/orders/:id/items/:item',
      '/orders/:id/items/:item',
      '/',
    ]);
  });

  test('of a router it has the path of the mount, with the names of its parameters', async () => {
    const build = (app: App, router: () => Router): void => {
      const orders = router().get('/:id', tell).get('/', tell);
      const tenants = router().use('/orders', orders).use('/v:version/a', router().get('/b', tell));
      app.use('/api/v1/', router().get('/other', tell)).use('/api/v1/tenants/:tenant', tenants).use(router().get('/plain', tell));
    }; // prettier-ignore

    expect(
      await routesOf(make, build, '/api/v1/tenants/42/orders/7', '/API/v1/tenants/orders/orders/', '/api/v1/tenants/a/v2/a/b', '/api/v1/other', '/plain'),
    ).toEqual([
      '/api/v1/tenants/:tenant/orders/:id',
      '/api/v1/tenants/:tenant/orders',
      isFour ? undefined : '/api/v1/tenants/:tenant/v:version/a/b',
      '/api/v1/other',
      '/plain',
    ]);
  }); // prettier-ignore

  test('of a router that is mounted twice, the mount that served the request counts', async () => {
    const build = (app: App, router: () => Router): void => {
      const shared = router().get('/:id', tell);
      app.use('/users', shared).use('/teams', shared);
    };

    expect(await routesOf(make, build, '/users/1', '/teams/1')).toEqual(['/users/:id', '/teams/:id']);
  });

  test('an application within another has the path of its mount', async () => {
    const build = (app: App, router: () => Router): void => {
      const inner = make().use('/orders/:order', router().get('/items', tell)).get('/:id', tell);
      app.use('/shops/:shop', inner);
    };

    expect(await routesOf(make, build, '/shops/7/8', '/shops/7/orders/8/items')).toEqual([
      '/shops/:shop/:id',
      '/shops/:shop/orders/:order/items',
    ]);
  });

  test('expressions and lists of paths are told as they were declared', async () => {
    const build = (app: App, router: () => Router): void => {
      app
        .get(/^\/files\/(.*)$/, tell)
        .get(['/a/:id', '/b/:id'], tell)
        .use('/c', router().get(/^\/d\d+$/, tell));
    };

    expect(await routesOf(make, build, '/files/secret', '/a/1', '/b/2', '/c/d7')).toEqual([
      '/^\\/files\\/(.*)$/',
      '/a/:id,/b/:id',
      '/a/:id,/b/:id',
      '/c/^\\/d\\d+$/',
    ]);
  });

  test('a mount at an expression or a list of paths never shows an id', async () => {
    const build = (app: App, router: () => Router): void => {
      app.use(/^\/files\/\d+/, router().get('/a', tell)).use(['/x/:id', '/y/:id'], router().get('/b', tell));
    };

    expect(await routesOf(make, build, '/files/7/a', '/x/7/b', '/y/7/b')).toEqual(
      isFour ? [undefined, undefined, undefined] : ['/^\\/files\\/\\d+/a', '/x/:id/b', '/y/:id/b'],
    );
  });

  test('it is not known outside of a route, or behind a function that calls a router', async () => {
    const build = (app: App, router: () => Router): void => {
      const hidden = router().get('/:id', tell);
      app.use('/middleware', tell).use('/hidden', (request, response, next) => void hidden(request, response, next));
    };

    expect(await routesOf(make, build, '/middleware/7', '/hidden/7')).toEqual([undefined, undefined]);
  });

  test('a router that contains itself does no harm', () => {
    const cyclic = make.Router();
    cyclic.use('/a', cyclic);
    const app = { [isFour ? '_router' : 'router']: cyclic };

    expect(expressRoute({ route: { path: '/x' }, app: app, originalUrl: '/a'.repeat(99) })).toBeUndefined();
  });
});

test('versions of Express 5 whose layers have no path: values become names, and what is not a whole segment is not told', async () => {
  const [, five] = EXPRESSES.at(-1) ?? [];
  if (!five) throw new Error('there is no Express 5');
  const build = (app: App, router: () => Router): void => {
    app
      .use('/api/:tenant', router().use('/orders', router().get('/:id', tell)))
      .use('/v:version', router().get('/x', tell))
      .use(router().get('/plain', tell));
    forget(app.router as unknown as Stack);
  };

  expect(await routesOf(five, build, '/api/a%2Fb/orders/7', '/v2/x', '/plain')).toEqual([
    '/api/:tenant/orders/:id',
    undefined,
    '/plain',
  ]);
});

interface Stack {
  readonly stack?: readonly { rawPath?: unknown; handle: Stack }[];
}

function forget({ stack = [] }: Stack): void {
  for (const layer of stack) {
    delete layer.rawPath;
    forget(layer.handle);
  }
}
