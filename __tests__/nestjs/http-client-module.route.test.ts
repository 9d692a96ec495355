import { Controller, Get, Param, VersioningType } from '@nestjs/common';
import { currentContext, observe, type HTTPClient } from '../../src/index';
import { HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { service } from '../support/service';
import { create } from './running-app';

@Controller({ path: 'orders', version: '1' })
class OrdersController {
  constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

  @Get(':id/items/:item')
  async find(@Param('id') id: string): Promise<unknown> {
    await this.client.get(String(process.env['ITEMS_URL']));
    return { id, route: currentContext()?.route };
  }
}

afterEach(() => {
  delete process.env['ITEMS_URL'];
});

test('the context has the route of the controller, with prefix and version, and messages show it', async () => {
  const api = await service();
  process.env['ITEMS_URL'] = api.url;
  const app = await create({ imports: [HTTPClientModule.forRoot({ token: null })], controllers: [OrdersController] });
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI });
  await app.listen(0, '127.0.0.1');
  const messages: (string | undefined)[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      messages.push(call.context?.route);
    },
  });

  const response = await fetch(`${await app.getUrl()}/api/v1/orders/7/items/8?key=1`);
  stop();

  expect(await response.json()).toEqual({ id: '7', route: '/api/v1/orders/:id/items/:item' });
  expect(messages).toEqual(['/api/v1/orders/:id/items/:item']);
});
