// Responses that stall or come too slowly.
import { inBody } from './kind.mjs';

const SHORT = { timeout: 'short' };

export const slow = [
  {
    name: 'stall',
    does: 'never responds',
    call: SHORT,
    serve() {},
    may: ['TIMEOUT'],
  },
  {
    name: 'stall-mid-head',
    does: 'stalls in the middle of the head',
    call: SHORT,
    serve: (exchange) => exchange.write('HTTP/1.1 200 OK\r\nContent-Le'),
    may: ['TIMEOUT'],
  },
  {
    name: 'stall-in-body',
    does: 'stalls in the middle of the body',
    call: SHORT,
    serve(exchange) {
      exchange.head(200, { 'Content-Length': 1000 });
      exchange.body(exchange.json());
    },
    may: [inBody('TIMEOUT')],
  },
  {
    name: 'slow-body',
    does: 'sends a byte of the body every 30 ms',
    // A stream's timeout is for each piece, and the pieces come in time.
    call: { timeout: ({ isStream }) => (isStream ? 'long' : 'short') },
    serve(exchange) {
      const body = exchange.json();
      exchange.head(200, { 'Content-Length': body.length });
      if (!exchange.isHead) exchange.slowly(30, [...body]);
    },
    may: ({ isStream }) => (isStream ? [200] : [inBody('TIMEOUT')]),
  },
  {
    name: 'never-reads',
    does: 'accepts connections and reads nothing',
    at: 'accept',
    call: { ...SHORT, body: 'large' },
    serve(connection) {
      connection.socket.pause();
      // A socket that does not read does not notice the end of its connection either.
      connection.after(500, () => connection.socket.destroy());
    },
    may: ['TIMEOUT'],
    requests: 0,
    always: true,
  },
];
