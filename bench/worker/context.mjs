// A client over a transport that responds at once, with or without the context of an inbound request.
import { contextFrom, HTTPClient, runInContext } from '@hdms/http-client';
import { answering } from './answering.mjs';
import { runFor } from './load.mjs';
import { check } from './tasks.mjs';
import { SMALL, TOKEN } from '../payload.mjs';

const headers = {
  'x-request-id': '9f1c2a4e-6f0b-4d8e-9a53-1f6f5a1f0c11',
  'x-request-timeout-ms': '60000',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};
const inContext = (work) => runInContext(contextFrom(headers, { signal: new AbortController().signal }), work);
const outside = (work) => work();

const ROWS = {
  'requestContext: false': { options: { requestContext: false }, enter: outside },
  'no context': { options: {}, enter: outside },
  'in a context': { options: {}, enter: inContext },
};

const { options, enter } = ROWS[process.argv[2]];
const client = new HTTPClient({ ...options, token: TOKEN, transport: instant(SMALL) });
const { id } = JSON.parse(SMALL);
const task = async () => check('id', (await client.getJson('http://user-service:8000/small')).id, id);

answering({ slice: ({ concurrency, milliseconds }) => enter(() => runFor(task, concurrency, milliseconds)) });

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
