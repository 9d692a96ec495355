import type { IncomingMessage } from 'node:http';
import { Catch, Controller, Get, Req, UseGuards, type ExceptionFilter, type ExecutionContext } from '@nestjs/common';
import { UnauthorizedException, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { sign } from 'jsonwebtoken';
import {
  HTTPClientModule,
  Public,
  TOKEN_GUARD_OPTIONS,
  TokenGuard,
  UpstreamExceptionFilter,
} from '../../src/nestjs/index';
import { InvalidToken } from '../../src/index';
import { start, type RunningApp } from './running-app';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'gateway', audience: 'order-service' };
const GUARD: Provider = { provide: APP_GUARD, useValue: new TokenGuard(OPTIONS) };

function bearer(claims: object = {}): { headers: Record<string, string> } {
  const token = sign({ iss: 'gateway', aud: 'order-service', sub: 'ada', ...claims }, SECRET, { expiresIn: 60 });
  return { headers: { Authorization: `Bearer ${token}` } };
}

@Controller()
class OrdersController {
  @Get('orders')
  find(@Req() { auth }: IncomingMessage): unknown {
    return { subject: auth?.sub };
  }

  @Public()
  @Get('version')
  version(): string {
    return '1';
  }
}

@Public()
@Controller('docs')
class DocsController {
  @Get()
  read(): string {
    return 'docs';
  }
}

async function serve(...providers: Provider[]): Promise<RunningApp> {
  return start({
    imports: [HTTPClientModule.forRoot()],
    controllers: [OrdersController, DocsController],
    providers,
  });
}

test('a caller with a good token is let in, and `request.auth` says who it is', async () => {
  const { url } = await serve(GUARD);

  const answer = await fetch(`${url}/orders`, bearer());

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ subject: 'ada' });
});

test('a caller without a token gets a 401 that names the scheme', async () => {
  const { url } = await serve(GUARD);

  const answer = await fetch(`${url}/orders`, { headers: { 'X-Request-Id': 'edge-1' } });

  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toMatchObject({ status: 401, title: 'Unauthorized', requestId: 'edge-1' });
});

test('a caller with a bad token is told what is wrong with it', async () => {
  const { url } = await serve(GUARD);

  const answer = await fetch(`${url}/orders`, bearer({ aud: 'user-service' }));

  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(
    'Bearer error="invalid_token", error_description="the token is for another audience: expected order-service"',
  );
});

test.each(['version', 'docs'])('/%s is open to all by @Public()', async (path) => {
  const { url } = await serve(GUARD);

  expect((await fetch(`${url}/${path}`)).status).toBe(200);
});

test('a filter of the service sees the refusal, and why', async () => {
  const seen: unknown[] = [];

  @Catch(UnauthorizedException)
  class Filter implements ExceptionFilter {
    catch(exception: UnauthorizedException, host: Parameters<ExceptionFilter['catch']>[1]): void {
      seen.push(exception.cause);
      const response = host.switchToHttp().getResponse<{ status(code: number): { end(): void } }>();
      response.status(exception.getStatus()).end();
    }
  }

  const { url } = await serve(GUARD, { provide: APP_FILTER, useClass: Filter });

  expect((await fetch(`${url}/orders`)).headers.get('www-authenticate')).toBe('Bearer');
  expect(seen).toEqual([expect.any(InvalidToken)]);
});

test('a controller names the guard, and its options are provided', async () => {
  @UseGuards(TokenGuard)
  @Controller('bills')
  class BillsController {
    @Get()
    find(): string {
      return 'bills';
    }
  }

  const { url } = await start({
    controllers: [BillsController],
    providers: [{ provide: TOKEN_GUARD_OPTIONS, useValue: OPTIONS }],
  });

  expect((await fetch(`${url}/bills`)).status).toBe(401);
  expect((await fetch(`${url}/bills`, bearer())).status).toBe(200);
});

test('where the keys cannot be had, that is no fault of the caller', async () => {
  const guard = new TokenGuard({ jwks: 'http://127.0.0.1:1/jwks', issuer: 'gateway', audience: 'order-service' });
  const { url } = await serve(
    { provide: APP_GUARD, useValue: guard },
    { provide: APP_FILTER, useClass: UpstreamExceptionFilter },
  );

  const token = sign({ sub: 'ada' }, SECRET, { header: { alg: 'HS256' } }).replace(
    /^[^.]+/,
    Buffer.from('{"alg":"RS256","kid":"1"}').toString('base64url'),
  );

  expect((await fetch(`${url}/orders`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(502);
});

test('wrong options are refused when the guard is made', () => {
  expect(() => new TokenGuard({ issuer: 'gateway', audience: 'order-service' })).toThrow(
    'verifyToken takes exactly one of `secret`, `publicKey` and `jwks`',
  );
});

test('a message handler is not left open by mistake', async () => {
  const context = {
    getType: () => 'rpc',
    getHandler: () => () => undefined,
    getClass: () => OrdersController,
  } as unknown as ExecutionContext;

  await expect(new TokenGuard(OPTIONS).canActivate(context)).rejects.toThrow('cannot authenticate a call over rpc');
});
