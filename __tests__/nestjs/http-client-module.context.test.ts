import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, Get, Injectable, Post, UseGuards, type CanActivate, type NestModule } from '@nestjs/common';
import type { MiddlewareConsumer } from '@nestjs/common';
import { currentContext, HTTPClient, runInContext } from '../../src/index';
import { requestContext } from '../../src/express';
import { HTTPClientModule, InjectHTTPClient, type HTTPClientModuleExtras } from '../../src/nestjs/index';
import { service } from '../support/service';
import { create, Log, start } from './running-app';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const HEADERS = {
  'X-Request-Id': 'edge-1',
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
  'X-Request-Timeout-Ms': '30000',
  'X-Tenant': 'acme',
};

/** The request ids that were in force where this was called. */
const seen: Record<string, string | undefined> = {};

function note(where: string): true {
  seen[where] = currentContext()?.requestId;
  return true;
}

@Injectable()
class NotingGuard implements CanActivate {
  canActivate(): boolean {
    return note('guard');
  }
}

@Controller('orders')
@UseGuards(NotingGuard)
class OrdersController {
  constructor(@InjectHTTPClient('users') private readonly users: HTTPClient) {}

  @Get()
  async list(): Promise<unknown> {
    note('handler');
    return this.users.getJson('/users');
  }

  @Post()
  async create(@Body() order: unknown): Promise<unknown> {
    note('handler');
    return this.users.postJson('/users', { json: order });
  }
}

class WithMiddleware implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((_request: unknown, _response: unknown, next: () => void) => {
        note('middleware');
        next();
      })
      .forRoutes(OrdersController);
  }
}

function modules(baseURL: string, extras: HTTPClientModuleExtras = {}): object {
  return {
    // The module with the middleware comes first.
    imports: [
      WithMiddleware,
      HTTPClientModule.forRoot(extras),
      HTTPClientModule.forFeature([{ name: 'users', baseURL }]),
    ],
    controllers: [OrdersController],
  };
}

beforeEach(() => {
  for (const name of Object.keys(seen)) Reflect.deleteProperty(seen, name);
});

test('calls carry the id, the trace, the time and the chosen headers of the request that is being served', async () => {
  const api = await service([{ json: [] }]);
  const { url } = await start(modules(api.url, { context: { forward: ['X-Tenant'] } }));

  const answer = await fetch(`${url}/orders`, { headers: HEADERS });

  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-request-id')).toBe('edge-1');
  const { headers = {} } = api.requests[0] ?? {};
  expect(headers).toMatchObject({ 'x-request-id': 'edge-1', 'x-tenant': 'acme' });
  expect(headers['traceparent']).toBe(HEADERS.traceparent);
  // The timeout of an attempt is shorter than what the caller waits.
  expect(headers['x-request-timeout-ms']).toMatch(/^4\d{3}$/);
});

test('with `context: { trust }`, a stranger brings neither id, trace nor time', async () => {
  const api = await service([{ json: [] }]);
  const trust = ({ headers }: http.IncomingMessage): boolean => headers['x-tenant'] !== 'acme';
  const { url } = await start(modules(api.url, { context: { trust } }));

  const answer = await fetch(`${url}/orders`, { headers: HEADERS });

  const { headers = {} } = api.requests[0] ?? {};
  expect(headers['x-request-id']).not.toBe('edge-1');
  expect(headers['x-request-id']).toBe(answer.headers.get('x-request-id'));
  expect(headers).not.toHaveProperty('traceparent');
  expect(headers).not.toHaveProperty('x-request-timeout-ms');
});

test('the context is there for middleware, guards and handlers, and where a body was read', async () => {
  const api = await service([{ json: {} }]);
  const { url } = await start(modules(api.url));

  const body = JSON.stringify({ text: 'x'.repeat(90_000) });
  const headers = { ...HEADERS, 'Content-Type': 'application/json' };
  const { status } = await fetch(`${url}/orders`, { method: 'POST', headers, body });

  expect(status).toBe(201);
  expect(seen).toEqual({ middleware: 'edge-1', guard: 'edge-1', handler: 'edge-1' });
  expect(api.requests[0]?.headers['x-request-id']).toBe('edge-1');
});

test('requests that are served at the same time have contexts of their own', async () => {
  const api = await service([{ json: [], delay: 5 }]);
  const { url } = await start(modules(api.url));

  const ids = Array.from({ length: 20 }, (_, index) => `edge-${index}`);
  await Promise.all(ids.map(async (id) => fetch(`${url}/orders`, { headers: { 'X-Request-Id': id } })));

  expect(api.requests.map(({ headers }) => headers['x-request-id']).sort()).toEqual([...ids].sort());
});

test('an answer without a handler has an id too, whatever the prefix', async () => {
  const { app, url } = await start(modules('http://127.0.0.1:1'));
  app.setGlobalPrefix('api');

  const answer = await fetch(`${url}/nowhere`);

  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
});

/** As docs/nestjs.md has it: the middleware of Express, first of all. */
async function startFirst(baseURL: string): Promise<string> {
  const app = await create(modules(baseURL));
  app.use(requestContext());
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

test('a middleware that loses the context, or brings that of another request, does not keep it from the handler', async () => {
  const api = await service([{ json: [] }]);
  const app = await create(modules(api.url));
  app.use(requestContext());
  app.use((_request: unknown, _response: unknown, next: () => void) => {
    runInContext({ requestId: 'a stranger' }, next);
  });
  await app.listen(0, '127.0.0.1');

  await fetch(`${await app.getUrl()}/orders`, { headers: HEADERS });

  expect(seen['handler']).toBe('edge-1');
  expect(api.requests[0]?.headers['x-request-id']).toBe('edge-1');
});

test.each<[number, string]>([
  [400, '{"customer":'],
  [413, JSON.stringify({ customer: 'x'.repeat(200_000) })],
])(
  'with `requestContext` before all else, the id goes back with the %i of the parser of bodies',
  async (status, body) => {
    const url = await startFirst('http://127.0.0.1:1');
    const headers = { ...HEADERS, 'Content-Type': 'application/json' };

    const answer = await fetch(`${url}/orders`, { method: 'POST', headers, body });

    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([status, 'edge-1']);
  },
);

test('and the time in which a body comes in counts for the request', async () => {
  const api = await service([{ json: {} }]);
  const url = await startFirst(api.url);
  const headers = { ...HEADERS, 'X-Request-Timeout-Ms': '5000', 'Content-Type': 'application/json' };
  const slowBody = Readable.from(
    (async function* () {
      yield '{"customer":';
      // On a busy machine, the head arrives later than this begins.
      await pause(500);
      yield '"123"}';
    })(),
  );

  await new HTTPClient({ retryAttempts: 0 }).post(`${url}/orders`, { data: slowBody, headers });

  expect(api.requests).toHaveLength(1);
  expect(Number(api.requests[0]?.headers['x-request-timeout-ms'])).toBeLessThan(5000 - 200);
});

test('the calls for a caller who hung up are cancelled', async () => {
  const events = new EventEmitter();
  const api = await service([
    {
      handle: (_, response) => {
        response.once('close', () => events.emit('close'));
        events.emit('request');
      },
    },
  ]);
  const { url } = await start(modules(api.url));
  const requested = once(events, 'request');
  // fetch would connect anew after it, and the application wait for that connection when it closes.
  const caller = http.get(`${url}/orders`, { agent: false }).on('error', () => undefined);
  await requested;

  const closed = once(events, 'close');
  caller.destroy();

  await closed;
  expect(api.requests).toHaveLength(1);
});

test('`context: false` keeps requests and calls apart', async () => {
  const api = await service([{ json: [] }]);
  const { url } = await start(modules(api.url, { context: false }));

  const answer = await fetch(`${url}/orders`, { headers: HEADERS });

  expect(answer.headers.get('x-request-id')).toBeNull();
  expect(seen['guard']).toBeUndefined();
  expect(api.requests[0]?.headers).not.toHaveProperty('x-request-id');
});

test('extras that are undefined stand for their defaults', async () => {
  const api = await service([{ json: [] }]);
  const undefinedOnes = { isGlobal: undefined, context: undefined } as object;
  const { url } = await start(modules(api.url, undefinedOnes));

  await fetch(`${url}/orders`, { headers: HEADERS });

  expect(api.requests[0]?.headers['x-request-id']).toBe('edge-1');
});

test('Nest warns of nothing', async () => {
  const log = new Log();

  await start(modules('http://127.0.0.1:1'), log);

  expect(log.warnings).toEqual([]);
});
