// A client over a transport that responds at once, with some of its features: the difference between rows is what these cost.
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { contextFrom, HTTPClient, observe, runInContext } from '@hdms/http-client';
import { requestContext } from '@hdms/http-client/express';
import { obey } from './commands.mjs';
import { runFor, warmUp } from './load.mjs';
import { check } from './tasks.mjs';
import { SMALL, TOKEN } from '../payload.mjs';

const headers = {
  'x-request-id': '9f1c2a4e-6f0b-4d8e-9a53-1f6f5a1f0c11',
  'x-request-timeout-ms': '60000',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};
const inContext = (work) => runInContext(contextFrom(headers, { signal: new AbortController().signal }), work);
const socket = new Socket();
const join = requestContext();
const pass = (_request, _response, next) => next();
const enter = (request, _response, next) => runInContext(contextFrom(request.headers), next);
/** What a handler does behind a middleware: an inbound request and its response, from beginning to end. */
const behind = (middleware) => (work) => {
  const request = Object.assign(new IncomingMessage(socket), { method: 'GET', url: '/orders/1', headers });
  const response = Object.assign(new ServerResponse(request), { socket });
  return new Promise((resolve, reject) => {
    middleware(request, response, () => {
      work().then((result) => {
        // The first header of a response costs the most, and each response has some, whichever middleware there is.
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('Content-Length', SMALL.length);
        // As `response.end()`, which would write to the socket.
        response.finished = true;
        response.emit('close');
        resolve(result);
      }, reject);
    });
  });
};
const noProtection = { retry: { budget: false }, backpressure: false };
const protection = { concurrency: { limit: 1000 }, circuitBreaker: {} };

/** `around` runs around all calls of a slice, `each` around every call: each is made by the handler of an inbound request. */
const ROWS = {
  'requestContext off': { options: { requestContext: false } },
  'no context': {},
  'in a context': { around: inContext },
  'a context for each call': { each: behind(enter) },
  'the middleware for each call': { each: behind(join) },
  'everything off': { options: noProtection },
  defaults: {},
  'everything on': { options: protection, prepare: () => observe({ callEnd() {} }) },
};

const plainly = (work) => work();
const { options = {}, around = plainly, each = behind(pass), prepare = () => {} } = ROWS[process.argv[2]];
prepare();
const client = new HTTPClient({ ...options, token: TOKEN, transport: instant(SMALL) });
const { id } = JSON.parse(SMALL);
const call = () => client.getJson('http://user-service:8000/small');
const task = async () => check('id', (await each(call)).id, id);

obey({
  prepare: ({ concurrency, milliseconds }) => around(() => warmUp(task, concurrency, milliseconds)),
  slice: ({ concurrency, milliseconds }) => around(() => runFor(task, concurrency, milliseconds)),
});

function instant(text) {
  const body = Buffer.from(text);
  const head = { status: 200, statusText: 'OK', headers: { 'content-type': 'application/json' }, request: {} };
  return {
    name: 'instant',
    dispatch(_, events) {
      const exchange = { phase: 'headers', request: {}, pause() {}, resume() {}, destroy() {} };
      queueMicrotask(() => {
        events.head(head, exchange);
        events.data(body);
        events.end();
      });
      return exchange;
    },
    close() {},
  };
}
