// Valid responses in all forms that HTTP/1.1 has.
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const healthy = [
  {
    name: 'json',
    does: 'responds with JSON and its length',
    serve: (exchange) => exchange.reply(),
    may: [200],
    always: true,
  },
  {
    name: 'created',
    does: 'responds with 201, and a Location that is no redirect',
    serve: (exchange) => exchange.reply(201, { Location: '/elsewhere' }),
    may: [201],
    always: true,
  },
  {
    name: 'chunked',
    does: 'sends the body in chunks, with an extension and a trailer',
    serve(exchange) {
      const [start, rest] = halves(exchange.json(3000));
      exchange.head(200, { 'Transfer-Encoding': 'chunked', 'Content-Type': 'application/json' });
      exchange.body(chunk(start, ';storm=1'), chunk(rest), '0\r\nX-Trailer: 1\r\n\r\n');
    },
    may: [200],
    always: true,
  },
  {
    name: 'chunks-torn',
    does: 'sends chunks in packets that end anywhere',
    serve(exchange) {
      const text = `${chunk(exchange.json(40)).toString()}0\r\n\r\n`;
      exchange.head(200, { 'Transfer-Encoding': 'chunked' });
      if (!exchange.isHead) exchange.slowly(2, text.match(/[^]{1,11}/g));
    },
    may: [200],
    always: true,
  },
  {
    name: 'head-torn',
    does: 'sends the head in packets that end anywhere',
    serve(exchange) {
      const body = exchange.json();
      const head = exchange.headOf(200, { 'Content-Length': body.length });
      exchange.slowly(1, `${head}${exchange.isHead ? '' : body}`.match(/[^]{1,17}/g));
    },
    may: [200],
    always: true,
  },
  {
    name: 'until-close',
    does: 'sends a body that ends with the connection',
    serve(exchange) {
      exchange.head(200, { Connection: 'close' });
      exchange.body(exchange.json());
      exchange.after(1, () => exchange.close());
    },
    may: [200],
    always: true,
  },
  {
    name: 'close-announced',
    does: 'responds with Connection: close and closes',
    serve(exchange) {
      exchange.reply(200, { Connection: 'close' });
      exchange.close();
    },
    may: [200],
    always: true,
  },
  {
    name: 'http-1.0',
    does: 'responds in HTTP/1.0 and closes',
    serve(exchange) {
      const body = exchange.json();
      exchange.write(`HTTP/1.0 200 OK\r\nX-Storm-Id: ${exchange.index}\r\nContent-Length: ${body.length}\r\n\r\n`);
      exchange.body(body);
      exchange.after(1, () => exchange.close());
    },
    may: [200],
    always: true,
  },
  {
    name: 'gzip',
    does: 'compresses the body with gzip',
    serve: (exchange) => exchange.reply(200, { 'Content-Encoding': 'gzip' }, gzipSync(exchange.json(5000))),
    may: [200],
    always: true,
  },
  {
    name: 'brotli-chunked',
    does: 'compresses the body with brotli, and sends it in chunks',
    serve(exchange) {
      const [start, rest] = halves(brotliCompressSync(exchange.json(500)));
      exchange.head(200, { 'Transfer-Encoding': 'chunked', 'Content-Encoding': 'br' });
      exchange.body(chunk(start), chunk(rest), '0\r\n\r\n');
    },
    may: [200],
    always: true,
  },
  {
    name: 'large',
    does: 'sends 200 kB',
    serve: (exchange) => exchange.reply(200, {}, exchange.json(200_000)),
    may: [200],
    always: true,
  },
  {
    name: 'slow-head',
    does: 'waits 30 ms, then sends the head in pieces',
    serve(exchange) {
      const body = exchange.isHead ? '' : exchange.json();
      const head = exchange.headOf(200, { 'Content-Length': body.length });
      exchange.after(30, () => exchange.slowly(5, [head.slice(0, 12), head.slice(12, 30), head.slice(30), body]));
    },
    may: [200],
    always: true,
  },
  {
    name: 'early-hints',
    does: 'sends 103 Early Hints and 102 Processing first',
    serve(exchange) {
      exchange.write('HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n', 'HTTP/1.1 102 Processing\r\n\r\n');
      exchange.reply();
    },
    may: [200],
    always: true,
  },
  {
    name: 'early-response',
    does: 'responds before it has read the body, and reads on',
    at: 'head',
    serve: (exchange) => exchange.reply(),
    may: [200],
    always: true,
  },
];

export function chunk(content, extension = '') {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from('\r\n')]);
}

function halves(content) {
  const bytes = Buffer.from(content);
  return [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)];
}
