// Connections that are refused, reset and closed, at each point of an exchange.
import { BROKEN } from './kind.mjs';

/** A connection that breaks in the middle of the head is a broken connection; to a parser it is an invalid response. */
const BROKEN_HEAD = [...BROKEN, 'PROTOCOL_ERROR'];
const HALF_A_HEAD = 'HTTP/1.1 200 OK\r\nContent-Le';

export const connections = [
  {
    name: 'refused',
    does: 'does not listen',
    at: 'nowhere',
    may: ['CONNECTION_REFUSED'],
    requests: 0,
    always: true,
  },
  {
    name: 'refused-at-times',
    does: 'listens at one of the addresses that its name has in turn',
    call: { lookup: 'refused' },
    serve: (exchange) => exchange.reply(),
    // Where there is no IPv6 at all, the second.
    may: [200, 'CONNECTION_REFUSED', 'CONNECTION_FAILED'],
    always: true,
  },
  {
    name: 'not-found-at-times',
    does: 'has a name that the resolver does not always know',
    call: { lookup: 'not-found' },
    serve: (exchange) => exchange.reply(),
    may: [200, 'HOST_NOT_FOUND'],
    always: true,
  },
  {
    name: 'accept-reset',
    does: 'resets two of three connections at once',
    at: 'accept',
    serve: (connection) => isUnlucky() && connection.reset(),
    may: [200, ...BROKEN],
    requests: [0, 1],
    closes: true,
    always: true,
  },
  {
    name: 'accept-close',
    does: 'closes two of three connections at once',
    at: 'accept',
    serve: (connection) => isUnlucky() && connection.close(),
    may: [200, ...BROKEN],
    requests: [0, 1],
    closes: true,
    always: true,
  },
  {
    name: 'request-reset',
    does: 'resets the connection when it has read the request',
    serve: (exchange) => exchange.reset(),
    may: BROKEN,
    closes: true,
  },
  {
    name: 'request-close',
    does: 'closes the connection when it has read the request',
    serve: (exchange) => exchange.close(),
    may: BROKEN,
    closes: true,
  },
  {
    name: 'request-head-reset',
    does: 'resets the connection when it has read the head of the request',
    at: 'head',
    serve: (exchange) => exchange.reset(),
    may: BROKEN,
    closes: true,
  },
  {
    name: 'request-close-later',
    does: 'works for 20 ms, then closes the connection',
    serve: (exchange) => exchange.after(20, () => exchange.close()),
    may: BROKEN,
    closes: true,
  },
  {
    name: 'reused-close',
    does: 'closes each connection at its second request',
    serve: (exchange) => (exchange.isReused ? exchange.close() : exchange.reply()),
    may: [200],
    closes: true,
    always: true,
  },
  {
    name: 'reused-reset',
    does: 'resets each connection at its second request',
    serve: (exchange) => (exchange.isReused ? exchange.reset() : exchange.reply()),
    may: [200],
    closes: true,
    always: true,
  },
  {
    name: 'idle-close',
    does: 'closes a connection 5 ms after its response',
    serve(exchange) {
      exchange.reply();
      exchange.after(5, () => exchange.close());
    },
    may: [200],
    closes: true,
    always: true,
  },
  {
    name: 'idle-408',
    does: 'sends 408 on the idle connection and closes it',
    serve(exchange) {
      exchange.reply();
      exchange.after(5, () => {
        exchange.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        exchange.close();
      });
    },
    may: [200],
    closes: true,
    always: true,
  },
  {
    name: 'reused-408',
    does: 'responds with 408 and Connection: close to the second request of a connection',
    serve(exchange) {
      if (!exchange.isReused) return exchange.reply();
      exchange.reply(408, { Connection: 'close' });
      exchange.close();
    },
    idleTimeout: true,
    may: [200, 408],
    closes: true,
    always: true,
  },
  {
    name: 'mid-head-reset',
    does: 'resets the connection in the middle of the head',
    serve(exchange) {
      exchange.write(HALF_A_HEAD);
      exchange.after(3, () => exchange.reset());
    },
    may: BROKEN_HEAD,
    closes: true,
  },
  {
    name: 'mid-head-close',
    does: 'closes the connection in the middle of the head',
    serve(exchange) {
      exchange.write(HALF_A_HEAD);
      exchange.after(3, () => exchange.close());
    },
    may: BROKEN_HEAD,
    closes: true,
  },
];

let connectionCount = 0;

function isUnlucky() {
  return ++connectionCount % 3 !== 0;
}
