import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { InboundRoute, noteFastifyRequest } from '../../src/server/inbound-route';

/** A request that Express has not routed yet. */
function request(): IncomingMessage & { route?: unknown; app?: unknown; originalUrl?: string } {
  return new IncomingMessage(new Socket());
}

const route = { path: '/orders/:id' };
const express = { route, app: { router: { stack: [{ route }] } }, originalUrl: '/orders/7' };

test('a route is known as soon as the framework knows it', () => {
  const inbound = request();
  const held = new InboundRoute(inbound);

  expect(held.path).toBeUndefined();
  Object.assign(inbound, express);
  expect(held.path).toBe('/orders/:id');
});

test('of Express it is still known after the end of the request', () => {
  const held = new InboundRoute(Object.assign(request(), express));

  held.release();

  expect(held.path).toBe('/orders/:id');
});

test('of Fastify it is what the hook noted, and stays known if somebody asked before the end', () => {
  const raw = request();
  const [held, unasked] = [new InboundRoute(raw), new InboundRoute(raw)];
  let asked = 0;
  noteFastifyRequest({
    raw,
    get routeOptions() {
      asked++;
      return { url: '/orders/:id' };
    },
  });

  expect(asked).toBe(0);
  expect(held.path).toBe('/orders/:id');
  expect(asked).toBe(1);
  held.release();
  unasked.release();
  expect(held.path).toBe('/orders/:id');
  expect(unasked.path).toBeUndefined();
});

test('a Fastify request that has no route has none here', () => {
  const raw = request();
  noteFastifyRequest({ raw, routeOptions: { url: undefined } });

  expect(new InboundRoute(raw).path).toBeUndefined();
});

test('without a framework, and without a request any more, there is none', () => {
  const held = new InboundRoute(request());

  held.release();
  held.release();

  expect(held.path).toBeUndefined();
});

test('a second release forgets nothing', () => {
  const held = new InboundRoute(Object.assign(request(), express));

  held.release();
  held.release();

  expect(held.path).toBe('/orders/:id');
});
