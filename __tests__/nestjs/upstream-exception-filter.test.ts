import { once } from 'node:events';
import { request as send, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { Controller, Get, Param, Res, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type * as create from '../../src/errors/create';
import { RequestException, type HTTPClient } from '../../src/index';
import { HTTPClientModule, InjectHTTPClient, UPSTREAM_OPTIONS, UpstreamExceptionFilter } from '../../src/nestjs/index';
import { service, type Answer } from '../support/service';
import { Log, start, type RunningApp } from './running-app';

@Controller()
class OrdersController {
  constructor(@InjectHTTPClient() private readonly client: HTTPClient) {}

  @Get('orders/:id')
  async find(@Param('id') id: string): Promise<unknown> {
    return this.client.getJson(`/users/${id}`);
  }

  @Get('labelled')
  async labelled(@Res() response: ServerResponse): Promise<void> {
    response.setHeader('Content-Disposition', 'attachment');
    response.setHeader('ETag', '"7"');
    response.setHeader('X-Kept', 'yes');
    await this.client.get('/users/7');
  }

  @Get('own')
  own(): void {
    throw new Error('a mistake');
  }
}

const FILTER: Provider = { provide: APP_FILTER, useClass: UpstreamExceptionFilter };
const EDGE = { headers: { 'X-Request-Id': 'edge-1' } };

async function serve(answer: Answer, providers: Provider[] = [FILTER], log = new Log()): Promise<RunningApp> {
  const api = await service([answer]);
  const root = HTTPClientModule.forRoot({ baseURL: api.url, timeout: 0.3, retryAttempts: 0, token: 'a-secret' });
  return start({ imports: [root], controllers: [OrdersController], providers }, log);
}

test.each([
  [{ status: 500 }, 502, null],
  [{ status: 401 }, 502, null],
  [{ status: 404 }, 502, null],
  [{ status: 503, headers: { 'Retry-After': '60' } }, 503, '60'],
  [{ delay: Infinity }, 504, null],
])(
  'where the other service answers with %j, the caller gets a problem document',
  async (answer, status, retryAfter) => {
    const { url } = await serve(answer);

    const got = await fetch(`${url}/orders/7`, EDGE);

    expect(got.status).toBe(status);
    expect(got.headers.get('content-type')).toBe('application/problem+json');
    expect(got.headers.get('retry-after')).toBe(retryAfter);
    expect(await got.json()).toMatchObject({ type: 'about:blank', status, requestId: 'edge-1' });
  },
);

test('what Nest has for other errors stays as it is', async () => {
  const { url } = await serve({});

  const got = await fetch(`${url}/own`);

  expect(got.status).toBe(500);
  expect(await got.json()).toEqual({ statusCode: 500, message: 'Internal server error' });
});

test('chosen statuses are handed on, by options that are provided', async () => {
  const problem = { type: 'urn:users:unknown', title: 'No such user', status: 404 };
  const log = new Log();
  const options = { provide: UPSTREAM_OPTIONS, useValue: { passThrough: [404] } };
  const answer = {
    status: 404,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(problem),
  };
  const { url } = await serve(answer, [options, FILTER], log);

  const got = await fetch(`${url}/orders/7`, EDGE);

  expect(got.status).toBe(404);
  expect(await got.json()).toEqual({ ...problem, requestId: 'edge-1' });
  expect(log.errors).toEqual([]);
  expect(log.debugs).toEqual([[expect.stringContaining('responded with 404'), 'UpstreamExceptionFilter']]);
});

test('chosen statuses are handed on by a filter that the service makes itself', async () => {
  const filter = { provide: APP_FILTER, useValue: new UpstreamExceptionFilter({ passThrough: [404, 409] }) };
  const { url } = await serve({ status: 409 }, [filter]);

  expect((await fetch(`${url}/orders/7`)).status).toBe(409);
});

test.each<[object, string]>([
  [{ passThrough: [401] }, "concerns this service's credentials"],
  [{ passThrough: [500] }, 'from 400 to 499'],
  [{ passTrough: [404] }, 'Did you mean `passThrough`?'],
])('wrong options are refused: %j', (options, message) => {
  expect(() => new UpstreamExceptionFilter(options)).toThrow(message);
});

test('the failure goes to the log, with its journal and without its secrets', async () => {
  const log = new Log();
  const { url } = await serve({ status: 500 }, [FILTER], log);

  await fetch(`${url}/orders/7`, EDGE);

  expect(log.errors).toEqual([
    [
      expect.stringMatching(/^Responded with 502: GET http:.*: responded with 500 .*, request edge-1$/),
      expect.stringMatching(/#1 .* 500 /),
      'UpstreamExceptionFilter',
    ],
  ]);
  expect(inspect(log.errors)).not.toContain('a-secret');
});

test('headers of the body that was not sent are taken off, and the others stay', async () => {
  const { url } = await serve({ status: 500 });

  const { headers } = await fetch(`${url}/labelled`);

  expect([headers.get('content-disposition'), headers.get('etag'), headers.get('x-kept')]).toEqual([null, null, 'yes']);
});

test('a caller who hung up is not answered, and that is no fault', async () => {
  const log = new Log();
  let ended: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => (ended = resolve));
  const api = await service([
    {
      handle: (_, response) => {
        response.once('close', ended);
        caller.destroy();
      },
    },
  ]);
  const root = HTTPClientModule.forRoot({ baseURL: api.url });
  const { url } = await start({ imports: [root], controllers: [OrdersController], providers: [FILTER] }, log);
  const caller = send(`${url}/orders/7`);
  const hungUp = once(caller, 'error');

  caller.end();
  await hungUp;
  await cancelled;
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);

  expect(log.errors).toEqual([]);
});

test('an exception of another copy of the package is caught too', async () => {
  let exception: unknown;
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof create>('../../src/errors/create');
    exception = other.createException('TIMEOUT', { sent: 'maybe', detail: 'too slow' });
  });
  expect(exception).not.toBeInstanceOf(RequestException);

  @Controller()
  class OtherController {
    @Get()
    find(): void {
      throw exception;
    }
  }

  const { url } = await start({ controllers: [OtherController], providers: [FILTER] });

  expect((await fetch(url)).status).toBe(504);
});
