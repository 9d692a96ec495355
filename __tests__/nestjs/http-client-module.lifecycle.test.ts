import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Scope,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { LazyModuleLoader, NestFactory } from '@nestjs/core';
import { currentContext, type HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientHealth, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { service } from '../support/service';
import { create, start } from './running-app';

/** Tells another service of each step of its own end. */
@Injectable()
class Farewell implements OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(@InjectHTTPClient('registry') private readonly registry: HTTPClient) {}

  async onModuleDestroy(): Promise<void> {
    await this.registry.post('/destroy');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.registry.post('/before');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.registry.post('/after');
  }
}

test('while the application closes, calls can still be made', async () => {
  const api = await service([{ status: 204 }]);
  const root = HTTPClientModule.forRoot({ retryAttempts: 0 });
  const feature = HTTPClientModule.forFeature([{ name: 'registry', baseURL: api.url }]);
  // Not by `create`, which closes it once more when the service has gone.
  @Module({ imports: [root, feature], providers: [Farewell] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.init();

  await app.close();

  expect(api.requests.map(({ url }) => url)).toEqual(['/destroy', '/before', '/after']);
});

test('closing twice does no harm', async () => {
  const app = await create({ imports: [HTTPClientModule.forRoot()] });
  await app.init();

  await app.close();

  await expect(app.close()).resolves.toBeUndefined();
});

test('a module that is loaded later has its client, and its health is known', async () => {
  const app = await create({ imports: [HTTPClientModule.forRoot()] });
  await app.init();
  @Module({ imports: [HTTPClientModule.forFeature([{ name: 'late', baseURL: 'http://late-service' }])] })
  class LateModule {}

  const module = await app.get(LazyModuleLoader).load(() => LateModule);

  const client: HTTPClient = module.get(getHTTPClientToken('late'), { strict: false });
  expect(client.axios.defaults.baseURL).toBe('http://late-service');
  expect(app.get(HTTPClientHealth).check('late')).toEqual({ late: { status: 'up' } });
});

@Injectable({ scope: Scope.REQUEST })
class Orders {
  constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

  async list(): Promise<unknown> {
    return this.client.getJson('/orders');
  }
}

@Controller()
class OrdersController {
  constructor(@Inject(Orders) private readonly orders: Orders) {}

  @Get()
  async list(): Promise<unknown> {
    return { orders: await this.orders.list(), requestId: currentContext()?.requestId };
  }
}

test('providers that are made for each request call in its context', async () => {
  const api = await service([{ json: [] }]);
  const root = HTTPClientModule.forRoot({ baseURL: api.url });
  const { url } = await start({ imports: [root], controllers: [OrdersController], providers: [Orders] });

  const answer = await fetch(url, { headers: { 'X-Request-Id': 'edge-1' } });

  expect(await answer.json()).toEqual({ orders: [], requestId: 'edge-1' });
  expect(api.requests[0]?.headers['x-request-id']).toBe('edge-1');
});

test('two applications in one process have options of their own', async () => {
  const [north, south] = [await service([{ json: ['north'] }]), await service([{ json: ['south'] }])];
  const serve = async (baseURL: string, context: false | undefined): Promise<unknown> => {
    const root = HTTPClientModule.forRoot({ baseURL, ...(context === false && { context }) });
    const { url } = await start({ imports: [root], controllers: [OrdersController], providers: [Orders] });
    return (await fetch(url, { headers: { 'X-Request-Id': 'edge-1' } })).json();
  };

  expect(await serve(north.url, undefined)).toEqual({ orders: ['north'], requestId: 'edge-1' });
  expect(await serve(south.url, false)).toEqual({ orders: ['south'] });
});
