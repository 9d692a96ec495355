// Connections that break in the middle of the body.
import { inBody } from './kind.mjs';

export const truncated = [
  {
    name: 'length-cut-close',
    does: 'announces 1,000 bytes, sends some and closes',
    serve(exchange) {
      exchange.head(200, { 'Content-Length': 1000 });
      exchange.body(exchange.json());
      exchange.after(3, () => exchange.close());
    },
    may: [inBody('BODY_TRUNCATED')],
    closes: true,
  },
  {
    name: 'length-cut-reset',
    does: 'announces 1,000 bytes, sends some and resets',
    serve(exchange) {
      exchange.head(200, { 'Content-Length': 1000 });
      exchange.body(exchange.json());
      exchange.after(3, () => exchange.reset());
    },
    may: [inBody('BODY_TRUNCATED')],
    closes: true,
  },
  {
    name: 'chunked-cut-close',
    does: 'closes in the middle of a chunk',
    serve(exchange) {
      exchange.head(200, { 'Transfer-Encoding': 'chunked' });
      exchange.body(`ff\r\n${exchange.json()}`);
      exchange.after(3, () => exchange.close());
    },
    may: [inBody('BODY_TRUNCATED')],
    closes: true,
  },
  {
    name: 'chunked-cut-reset',
    does: 'resets between two chunks',
    serve(exchange) {
      exchange.head(200, { 'Transfer-Encoding': 'chunked' });
      exchange.body('5\r\n{"id"\r\n');
      exchange.after(3, () => exchange.reset());
    },
    may: [inBody('BODY_TRUNCATED')],
    closes: true,
  },
];
