// Bodies that are not what their Content-Encoding or their size allows.
import { gzipSync } from 'node:zlib';
import { chunk } from './healthy.mjs';
import { inBody } from './kind.mjs';

const TOO_LARGE = 600_000;

export const encodings = [
  {
    name: 'gzip-cut',
    does: 'sends gzip that ends too early',
    serve: (exchange) =>
      exchange.reply(200, { 'Content-Encoding': 'gzip' }, gzipSync(exchange.json(2000)).subarray(0, -12)),
    may: [inBody('CONTENT_DECODING_FAILED')],
  },
  {
    name: 'gzip-damaged',
    does: 'sends gzip with a wrong checksum',
    serve(exchange) {
      const bytes = gzipSync(exchange.json(2000));
      bytes[bytes.length - 6] ^= 0xff;
      exchange.reply(200, { 'Content-Encoding': 'gzip' }, bytes);
    },
    may: [inBody('CONTENT_DECODING_FAILED')],
  },
  {
    name: 'plain-as-gzip',
    does: 'sends plain JSON as gzip',
    serve: (exchange) => exchange.reply(200, { 'Content-Encoding': 'gzip' }),
    may: [inBody('CONTENT_DECODING_FAILED')],
  },
  {
    name: 'brotli-damaged',
    does: 'sends bytes that are not brotli',
    serve: (exchange) => exchange.reply(200, { 'Content-Encoding': 'br' }, Buffer.from('ffffffffffffffff', 'hex')),
    may: [inBody('CONTENT_DECODING_FAILED')],
  },
  {
    name: 'unknown-encoding',
    does: 'names an encoding that nobody registered',
    serve: (exchange) => exchange.reply(200, { 'Content-Encoding': 'utf-8' }),
    may: [200],
    always: true,
  },
  {
    name: 'gzip-bomb',
    does: 'sends gzip that is too large once it is decoded',
    serve: (exchange) => exchange.reply(200, { 'Content-Encoding': 'gzip' }, gzipSync(exchange.json(TOO_LARGE))),
    may: tooLarge,
  },
  {
    name: 'too-large-announced',
    does: 'announces a body above the limit',
    serve: (exchange) => exchange.reply(200, {}, exchange.json(TOO_LARGE)),
    may: tooLarge,
  },
  {
    name: 'too-large-chunked',
    does: 'sends chunks above the limit',
    serve(exchange) {
      exchange.head(200, { 'Transfer-Encoding': 'chunked' });
      exchange.body(chunk(exchange.json(TOO_LARGE)), '0\r\n\r\n');
    },
    may: tooLarge,
  },
];

/** The limit is for bodies in memory, not for streams. */
function tooLarge({ isStream }) {
  return isStream ? [200] : [inBody('RESPONSE_TOO_LARGE')];
}
