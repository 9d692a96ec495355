// Error statuses, and what they say of a retry.
import { BROKEN, inBody } from './kind.mjs';

export const statuses = [
  { name: '500', does: 'responds with 500', serve: (exchange) => exchange.reply(500), may: [500] },
  {
    name: '502-html',
    does: 'responds with 502 and a page',
    serve: (exchange) => exchange.reply(502, { 'Content-Type': 'text/html' }, '<html>Bad Gateway</html>'),
    may: [502],
  },
  { name: '400', does: 'responds with 400', serve: (exchange) => exchange.reply(400), may: [400] },
  {
    name: '408',
    does: 'responds with 408 and keeps the connection',
    serve: (exchange) => exchange.reply(408),
    may: [408],
  },
  {
    name: '409-cut',
    does: 'responds with 409, and closes in the middle of the body',
    serve(exchange) {
      exchange.head(409, { 'Content-Length': 1000 });
      exchange.body('conflict');
      exchange.after(3, () => exchange.close());
    },
    may: [409],
    closes: true,
  },
  {
    name: '422-reset',
    does: 'responds with 422, and resets in the middle of the body',
    serve(exchange) {
      exchange.head(422, { 'Transfer-Encoding': 'chunked' });
      exchange.body('8\r\ninva');
      exchange.after(3, () => exchange.reset());
    },
    may: [422],
    closes: true,
  },
  {
    name: '404-stall',
    does: 'responds with 404, and stalls in the middle of the body',
    call: { timeout: 'short' },
    serve(exchange) {
      exchange.head(404, { 'Content-Length': 1000 });
      exchange.body('not');
    },
    may: [404],
  },
  {
    name: '400-gzip-damaged',
    does: 'responds with 400 and a body that is not gzip',
    serve: (exchange) => exchange.reply(400, { 'Content-Encoding': 'gzip' }),
    may: [400],
  },
  {
    name: '503-cut',
    does: 'responds with 503, and closes in the middle of the body',
    serve(exchange) {
      exchange.head(503, { 'Content-Length': 1000 });
      exchange.body('unavailable');
      exchange.after(3, () => exchange.close());
    },
    may: [503],
    closes: true,
  },
  {
    name: '503-chunk-size',
    does: 'responds with 503 and a chunk size that is not a number',
    serve(exchange) {
      exchange.head(503, { 'Transfer-Encoding': 'chunked' });
      exchange.body('zz\r\n');
    },
    // An error status and an invalid body: either may be told.
    may: [503, 'PROTOCOL_ERROR', inBody('PROTOCOL_ERROR')],
  },
  ...retryAfter('503-retry-after-0', 503, '0', 0),
  ...retryAfter('429-retry-after-1', 429, '1', 1),
  ...retryAfter('503-retry-after-2', 503, '2', 2),
  ...retryAfter('429-retry-after-long', 429, '99999999', 99_999_999),
  ...retryAfter('503-retry-after-invalid', 503, 'in a while', undefined),
  ...retryAfter('429-retry-after-0.5', 429, '0.5', 0.5),
  ...retryAfter('429-retry-after-1.5', 429, '1.5', 1.5),
  {
    name: '503-retry-after-date',
    does: 'responds with 503 and a Retry-After as a date, by a clock that is an hour slow',
    serve(exchange) {
      const now = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
      exchange.reply(503, { Date: dateOf(now), 'Retry-After': dateOf(now + 1000) });
    },
    may: [503],
    retryAfter: 1,
  },
  {
    name: '429-twice',
    does: 'responds with 429 and two Retry-After, of which the first counts',
    serve: (exchange) => exchange.reply(429, { 'Retry-After': ['0', '99999999'] }),
    may: [429],
    retryAfter: 0,
  },
  {
    name: '500-should-not-retry',
    does: 'responds with 500 and X-Should-Retry: false',
    serve: (exchange) => exchange.reply(500, { 'X-Should-Retry': 'false' }),
    may: [500],
    forbidsRetry: true,
  },
  {
    name: '401-once',
    does: 'rejects the token of the first request',
    serve: (exchange) => exchange.reply(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
    may: [401],
    tokenRefused: true,
    call: { misbehaves: 1 },
  },
  {
    name: '401',
    does: 'rejects each token because of its scope',
    serve: (exchange) => exchange.reply(401, { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' }),
    may: [401],
    always: true,
  },
  {
    name: 'html',
    does: 'sends a page as JSON',
    serve: (exchange) => exchange.reply(200, {}, '<html>hello</html>'),
    may: [200],
    body: 'other',
    json: 'JSON_INVALID',
    always: true,
  },
  {
    name: 'empty',
    does: 'sends an empty body',
    serve: (exchange) => exchange.reply(200, {}, ''),
    may: [200],
    body: 'other',
    json: 'JSON_EMPTY',
    always: true,
  },
  {
    name: 'early-413',
    does: 'responds with 413 before it has read the body, and closes',
    at: 'head',
    call: { body: 'large' },
    serve(exchange) {
      exchange.reply(413, { Connection: 'close' });
      exchange.close();
    },
    may: [413],
  },
  {
    name: 'early-413-reset',
    does: 'responds with 413 before it has read the body, and resets',
    at: 'head',
    call: { body: 'large' },
    serve(exchange) {
      exchange.reply(413, { Connection: 'close' });
      exchange.after(3, () => exchange.reset());
    },
    // A client that is still sending may notice the reset before the response.
    may: [413, ...BROKEN],
    closes: true,
  },
];

function retryAfter(name, status, value, seconds) {
  const does = `responds with ${status} and Retry-After: ${value}`;
  const serve = (exchange) => exchange.reply(status, { 'Retry-After': value });
  return [{ name, does, serve, may: [status], retryAfter: seconds }];
}

function dateOf(milliseconds) {
  return new Date(milliseconds).toUTCString();
}
