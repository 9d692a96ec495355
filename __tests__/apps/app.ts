// The same source is compiled against each version of Nest, and calls the package as its users do.
import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Injectable, Module, Param, Post, Req, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { HealthCheck, HealthCheckService, TerminusModule, type HealthIndicatorResult } from '@nestjs/terminus';
import { currentContext, HTTPClient } from '@hdms/http-client';
import { requestContext } from '@hdms/http-client/express';
import {
  HTTPClientHealth,
  HTTPClientModule,
  InjectHTTPClient,
  Public,
  TokenGuard,
  UpstreamExceptionFilter,
} from '@hdms/http-client/nestjs';

/** What differs between versions of Terminus. */
export const IS_HEALTHY = 'IS_HEALTHY';
export type IsHealthy = (clients: HTTPClientHealth, name: string) => HealthIndicatorResult;

const { USERS_URL = '', SECRET = '', PLATFORM } = process.env;

@Injectable()
class OrdersService {
  constructor(
    @InjectHTTPClient('users') private readonly users: HTTPClient,
    @Inject(HTTPClient) private readonly http: HTTPClient,
  ) {}

  async find(id: string): Promise<unknown> {
    return { order: await this.users.getJson(`/users/${id}`), sameClient: this.users === this.http };
  }
}

@Controller('orders')
class OrdersController {
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Get(':id')
  async find(@Param('id') id: string): Promise<unknown> {
    return this.orders.find(id);
  }

  /** After a body was read. */
  @Post()
  create(@Req() request: IncomingMessage): unknown {
    return { subject: request.auth?.sub, requestId: currentContext()?.requestId };
  }
}

@Public()
@Controller('health')
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HTTPClientHealth) private readonly clients: HTTPClientHealth,
    @Inject(IS_HEALTHY) private readonly isHealthy: IsHealthy,
  ) {}

  @Get()
  @HealthCheck()
  async check(): Promise<unknown> {
    return this.health.check([() => this.isHealthy(this.clients, 'users')]);
  }
}

function moduleFor(isHealthy: IsHealthy): new () => object {
  @Module({
    imports: [
      TerminusModule.forRoot({ logger: false }),
      HTTPClientModule.forRootAsync({
        inspector: true,
        useFactory: () => ({ retryAttempts: 0, timeout: 2, token: 'own-token' }),
      }),
      HTTPClientModule.forFeature([{ name: 'users', baseURL: USERS_URL }]),
    ],
    controllers: [OrdersController, HealthController],
    providers: [
      OrdersService,
      { provide: IS_HEALTHY, useValue: isHealthy },
      { provide: APP_FILTER, useClass: UpstreamExceptionFilter },
      {
        provide: APP_GUARD,
        useFactory: () => new TokenGuard({ secret: SECRET, issuer: 'gateway', audience: 'order-service' }),
      },
    ],
  })
  class AppModule {}
  return AppModule;
}

/** As much of Fastify as is asked for here. */
interface Fastify {
  addHook(name: 'onSend', hook: OnSend): void;
}

type OnSend = (
  request: unknown,
  reply: { header(name: string, value: string): unknown },
  payload: unknown,
  done: (error: null, payload: unknown) => void,
) => void;

function isFastify(server: unknown): server is Fastify {
  return PLATFORM === 'fastify' && server !== undefined;
}

/** Serves until SIGTERM. The process then has to end by itself: nothing may hold it. SIGINT is left to Nest's own hooks. */
export async function serve(isHealthy: IsHealthy): Promise<void> {
  const AppModule = moduleFor(isHealthy);
  const app: INestApplication =
    PLATFORM === 'fastify'
      ? await NestFactory.create(AppModule, new FastifyAdapter())
      : await NestFactory.create(AppModule);
  const server: unknown = app.getHttpAdapter().getInstance();
  if (isFastify(server)) {
    server.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('X-On-Send', 'yes');
      done(null, payload);
    });
  }
  // Before Nest's parsers, on either platform.
  app.use(requestContext());
  app.enableShutdownHooks(['SIGINT']);
  process.once('SIGTERM', () => {
    void app.close();
  });
  await app.listen(0, '127.0.0.1');
  console.log(`LISTENING ${await app.getUrl()}`);
}
