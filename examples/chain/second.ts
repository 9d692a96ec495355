/** The second hop: NestJS 11. */
import 'reflect-metadata';
import { Controller, Get, Logger, Module, Param, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { HTTPClient } from '@hdms/http-client';
import { HTTPClientModule, InjectHTTPClient, UpstreamExceptionFilter } from '@hdms/http-client/nestjs';
import { OwnFilter } from './own-errors';
import { runUntilTerminated } from './serve';
import { clientOptions, isGuarded } from './settings';
import { watch, watched } from './watch';

@Controller('orders')
class OrdersController {
  constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

  @Get(':id')
  async byId(@Param('id') id: string): Promise<unknown> {
    return watched(this.client.getJson('/orders/{id}', { pathParams: { id } }));
  }
}

// The module enters the context by itself, and closes its client with the application.
@Module({
  imports: [HTTPClientModule.forRoot(clientOptions)],
  controllers: [OrdersController],
  providers: [{ provide: APP_FILTER, useClass: isGuarded ? UpstreamExceptionFilter : OwnFilter }],
})
class SecondModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(watch).forRoutes(OrdersController);
  }
}

async function main(): Promise<void> {
  Logger.overrideLogger(['warn', 'error']);
  const app = await NestFactory.create(SecondModule);
  await app.listen(0, '127.0.0.1');
  runUntilTerminated(await app.getUrl(), async () => app.close());
}

void main();
