import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { currentContext, HTTPClient, type RequestContext, type RequestException } from '../../src/index';
import { requestContext, upstreamErrors } from '../../src/express';
import { failure } from '../support/outcome';
import { service } from '../support/service';
import { silentService } from '../support/silent-service';
import { app, EXPRESSES, route } from './expresses';

const edge = new HTTPClient({ retryAttempts: 0, validateStatus: null, requestContext: false });
const client = new HTTPClient({ retry: { base: 0.001, factor: 1 } });

afterAll(() => {
  edge.close();
  client.close();
});

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test('a call carries the id, the trace and the chosen headers of the request that it is made for', async () => {
    const api = await service([{ json: [] }]);
    const url = await app(
      express,
      requestContext({ forward: ['X-Tenant'] }),
      route(async (_, response) => response.json(await client.getJson(api.url))),
    );
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

    const answer = await edge.get(url, { headers: { 'X-Request-Id': 'edge-1', 'X-Tenant': 'north', traceparent } });

    expect(answer.headers['x-request-id']).toBe('edge-1');
    expect(api.requests[0]?.headers).toMatchObject({ 'x-request-id': 'edge-1', 'x-tenant': 'north', traceparent });
  });

  test.each(['before', 'after'])('the context is there in a handler, with a body parser %s it', async (place) => {
    const context = requestContext();
    const parser = express.json();
    const url = await app(
      express,
      ...(place === 'before' ? [parser, context] : [context, parser]),
      route(async ({ body }, response) => {
        await nextTurn();
        response.json({ body: body as unknown, requestId: currentContext()?.requestId });
      }),
    );

    const { data } = await edge.post(url, { json: { a: 1 }, headers: { 'X-Request-Id': 'edge-1' } });

    expect(data).toEqual({ body: { a: 1 }, requestId: 'edge-1' });
  });

  test.each<[string, number, RequestHandler]>([
    [
      'a 404',
      404,
      (_, __, next) => {
        next();
      },
    ],
    [
      'an error of the service',
      500,
      route(() => {
        throw new Error('a mistake');
      }),
    ],
  ])('the id goes back with %s too', async (_, status, handler) => {
    const url = await app(express, requestContext(), handler, upstreamErrors());

    const answer = await edge.get(url, { headers: { 'X-Request-Id': 'edge-1' } });

    expect([answer.status, answer.headers['x-request-id']]).toEqual([status, 'edge-1']);
  });

  test('when the caller hangs up, the calls that are made for it end, and nobody is told', async () => {
    const { api, events } = await silentService();
    const log = jest.fn();
    const failed: Promise<RequestException>[] = [];
    const serve = route(async () => {
      const calls = [1, 2].map(async () => client.get(api.url));
      failed.push(...calls.map(failure));
      return Promise.all(calls);
    });
    const told = jest.fn();
    const last: ErrorRequestHandler = (error, _, __, next) => {
      told(error);
      next(error);
    };
    const url = await app(express, requestContext(), serve, upstreamErrors({ log }), last);
    const caller = new AbortController();
    const call = failure(edge.get(url, { signal: caller.signal }));
    while (api.requests.length < 2) await once(events, 'request');

    const closed = once(events, 'close');
    caller.abort();

    expect(await call).toMatchObject({ code: 'CANCELLED' });
    await closed;
    for (const error of await Promise.all(failed)) {
      expect(error).toMatchObject({ code: 'CANCELLED', retries: 0, cause: { message: 'the caller hung up' } });
    }
    await nextTurn();
    expect(log).not.toHaveBeenCalled();
    expect(told).not.toHaveBeenCalled();
  });

  test('a call takes no longer than its caller waits', async () => {
    const { api } = await silentService();
    const serve = route(async () => client.get(api.url));
    const url = await app(express, requestContext(), serve, upstreamErrors({ log: () => undefined }));

    const answer = await edge.get(url, { headers: { 'X-Request-Timeout-Ms': '400' } });

    expect(answer.status).toBe(504);
    expect(answer.elapsed).toBeGreaterThan(0.3);
    expect(answer.elapsed).toBeLessThan(2);
    expect(Number(api.requests[0]?.headers['x-request-timeout-ms'])).toBeLessThanOrEqual(380);
  });

  test('a streamed answer is not cut off, and the stream behind it ends when the caller hangs up', async () => {
    const body = new PassThrough();
    const api = await service([{ handle: (_, response) => void body.pipe(response) }]);
    const streams: Readable[] = [];
    const serve = route(async (_, response) => {
      const { data } = await client.get<Readable>(api.url, { responseType: 'stream' });
      streams.push(data.on('error', () => undefined));
      data.pipe(response);
    });
    const url = await app(express, requestContext(), serve);
    body.write('one,');
    const caller = get(url).on('error', () => undefined);
    const [answer] = (await once(caller, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    const part = async (): Promise<string> => String((await once(answer, 'data'))[0]);
    expect(await part()).toBe('one,');
    body.write('two,');
    expect(await part()).toBe('two,');

    caller.destroy();

    while (streams[0]?.destroyed !== true) await nextTurn();
    expect(streams).toHaveLength(1);
  });

  test('thousands of requests on a connection leave no listener behind', async () => {
    const api = await service([{ json: {} }]);
    const sockets = new Set<Socket>();
    const contexts: RequestContext[] = [];
    const serve = route(async ({ socket, url }, response) => {
      sockets.add(socket);
      const context = currentContext();
      if (context) contexts.push(context);
      if (url === '/call') await client.get(api.url);
      response.end('done');
    });
    const url = await app(express, requestContext(), serve);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const warned = jest.fn();
    process.on('warning', warned);
    const counts: number[] = [];

    for (let n = 0; n < 2000; n++) {
      await ask(`${url}/${n % 20 === 0 ? 'call' : ''}`, agent);
      if (n === 10 || n === 1999) counts.push(...[...sockets].map(listenersOf));
    }

    process.off('warning', warned);
    agent.destroy();
    expect(sockets.size).toBe(1);
    expect(counts[1]).toBe(counts[0]);
    expect(warned).not.toHaveBeenCalled();
    expect(contexts).toHaveLength(2000);
    expect(contexts.filter(({ signal }) => signal?.aborted !== false)).toEqual([]);
  });
});

test('wrong options are refused when the middleware is made', () => {
  expect(() => requestContext({ forwards: [] } as never)).toThrow('Did you mean `forward`?');
});

function listenersOf(socket: Socket): number {
  return socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0);
}

async function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
}
