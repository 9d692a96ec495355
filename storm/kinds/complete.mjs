// Responses that are complete by their head or their length, whatever follows. @see RFC 9112, section 6.3
export const complete = [
  {
    name: '204',
    does: 'responds with 204',
    serve: (exchange) => exchange.head(204),
    may: [204],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: '204-with-length',
    does: 'responds with 204 and a Content-Length',
    serve: (exchange) => exchange.head(204, { 'Content-Length': 5 }),
    may: [204],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: '204-with-body',
    does: 'responds with 204 and a body',
    serve: (exchange) => exchange.write(exchange.headOf(204, { 'Content-Length': 5 }), 'stray'),
    may: [204],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: '204-with-late-body',
    does: 'responds with 204, and sends a body in the next packet',
    serve(exchange) {
      exchange.head(204, { 'Content-Length': 5 });
      exchange.after(1, () => exchange.write('stray'));
    },
    may: [204],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: '304-with-length',
    does: 'responds with 304 and the length that a 200 would have',
    serve: (exchange) => exchange.head(304, { 'Content-Length': 1234, ETag: '"1"' }),
    may: [304],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: '304-chunked',
    does: 'responds with 304 and Transfer-Encoding',
    serve: (exchange) => exchange.head(304, { 'Transfer-Encoding': 'chunked' }),
    may: [304],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: 'head-with-body',
    does: 'responds to HEAD with a body',
    call: { methods: ['HEAD'] },
    serve: (exchange) => exchange.write(exchange.headOf(200, { 'Content-Length': 5 }), 'stray'),
    may: [200],
    always: true,
  },
  {
    name: 'stray-bytes',
    does: 'sends more bytes than it announced',
    serve: (exchange) => exchange.write(...whole(exchange), 'stray bytes'),
    may: [200],
    always: true,
  },
  {
    name: 'stray-bytes-later',
    does: 'sends bytes on the idle connection',
    serve(exchange) {
      exchange.reply();
      exchange.after(3, () => exchange.write('stray bytes'));
    },
    // They may arrive when the next request is on its way, and are the start of its response then.
    may: [200, 'PROTOCOL_ERROR'],
    closes: true,
    always: true,
  },
  {
    name: 'two-responses',
    does: 'sends a second response, for no request',
    serve(exchange) {
      const second = 'HTTP/1.1 200 OK\r\nX-Storm-Id: another-call\r\nContent-Length: 2\r\n\r\n{}';
      exchange.write(...whole(exchange), second);
    },
    may: [200],
    closes: true,
    always: true,
  },
];

function whole(exchange) {
  const body = exchange.json();
  return [exchange.headOf(200, { 'Content-Length': body.length }), exchange.isHead ? '' : body];
}
