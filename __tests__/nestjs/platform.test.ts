import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { noteRoutes, rawOf, sendPlatformProblem, type PlatformResponse } from '../../src/nestjs/platform';
import { InboundRoute } from '../../src/server/inbound-route';
import { problemResponse } from '../../src/server/problem-response';
import { serve } from '../server/serve';

const PROBLEM = problemResponse(502, 'It failed.', 'edge-1');

/** As much of Fastify's reply as is used here, around a real response. */
class Reply {
  readonly headers: Record<string, string> = { etag: '"7"', 'x-kept': 'yes' };

  constructor(
    readonly raw: ServerResponse,
    readonly sent: boolean,
  ) {}

  getHeaders(): Record<string, string> {
    return this.headers;
  }

  removeHeader(name: string): void {
    Reflect.deleteProperty(this.headers, name);
  }

  header(name: string, value: string): void {
    this.headers[name.toLowerCase()] = value;
  }

  code(status: number): void {
    this.raw.statusCode = status;
  }

  send(body: Buffer): void {
    this.raw.setHeaders(new Map(Object.entries({ ...this.headers, 'x-by': 'fastify' }))).end(body);
  }
}

test('the response of Express is that of Node, and the one of Fastify wraps it', () => {
  const node = {};

  expect(rawOf(node as PlatformResponse)).toBe(node);
  expect(rawOf({ raw: node } as PlatformResponse)).toBe(node);
});

test.each<[string, (response: ServerResponse) => object, string | null]>([
  ['Express', (response) => response, null],
  ['Fastify', (response) => new Reply(response, false), 'fastify'],
  ['Fastify, after reply.hijack()', (response) => new Reply(response, true), null],
])('a problem is sent on %s', async (_, wrap, by) => {
  const url = await serve((_request, response) => {
    response.setHeader('ETag', '"7"');
    sendPlatformProblem(wrap(response) as PlatformResponse, PROBLEM);
  });

  const got = await fetch(url);

  expect(got.status).toBe(502);
  expect([got.headers.get('etag'), got.headers.get('x-by')]).toEqual([null, by]);
  expect(got.headers.get('content-type')).toBe('application/problem+json');
  expect(await got.json()).toEqual(PROBLEM.body);
});

test('the route of a request is noted where Fastify has routed it; Express needs no hook', () => {
  const raw = new IncomingMessage(new Socket());
  const done = jest.fn();
  const hooks: [name: string, hook: (request: object, reply: object, done: () => void) => void][] = [];

  noteRoutes({ addHook: (...hook: (typeof hooks)[0]) => hooks.push(hook) });
  for (const [, hook] of hooks) hook({ raw, routeOptions: { url: '/orders/:id' } }, {}, done);

  expect(hooks.map(([name]) => name)).toEqual(['onRequest']);
  expect(done).toHaveBeenCalledTimes(1);
  expect(new InboundRoute(raw).path).toBe('/orders/:id');
  expect(() => {
    noteRoutes(undefined);
    noteRoutes({});
  }).not.toThrow();
});
