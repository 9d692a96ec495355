// A process with @sentry/node, whose transport keeps the envelopes that it would send.
const Sentry = require('@sentry/node');
const envelopes = [];
Sentry.init({
  ...{ dsn: 'http://key@127.0.0.1:1/1', tracesSampleRate: 1 },
  transport: () => ({
    send: async (envelope) => void envelopes.push(envelope) ?? { statusCode: 200 },
    flush: async () => true,
  }),
});
const { makeCalls, print } = require('./beside-calls.cjs');
const { observe } = require(process.env.PACKAGE);

// As docs/apms.md says: Sentry leaves a traceparent as it is that a request has already.
if (process.env.TRACEPARENT) {
  observe({
    requestStart({ request }) {
      const { traceparent } = Sentry.getTraceData({ propagateTraceparent: true });
      if (traceparent) request.setHeader('traceparent', traceparent);
    },
  });
}
const stop = process.env.SPANS && require(`${process.env.PACKAGE}/opentelemetry/index.js`).openTelemetry();

Sentry.startSpan({ name: 'orders' }, () => makeCalls((error) => Sentry.captureException(error)))
  .then(() => Sentry.flush(2000))
  .then(() => {
    if (stop) stop.stop();
    print(envelopes.flatMap(([, items]) => items.map(([head, item]) => ({ type: head.type, ...item }))));
  });
