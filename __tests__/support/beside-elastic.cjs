// A process with elastic-apm-node, whose transport keeps what it would send.
const sent = [];
const keep = (kind) => (item, done) => {
  sent.push({ kind, ...item });
  if (done) process.nextTick(done);
};
const agent = require('elastic-apm-node').start({
  ...{ serviceName: 'orders', metricsInterval: '0s', centralConfig: false, cloudProvider: 'none', logLevel: 'off' },
  ...{ spanCompressionEnabled: false, captureBody: 'all', exitSpanMinDuration: '0ms' },
  transport: () => ({
    ...{ config() {}, addMetadataFilter() {}, setExtraMetadata() {}, lambdaStart() {}, destroy() {} },
    supportsKeepingUnsampledTransaction: () => true,
    ...{ sendSpan: keep('span'), sendTransaction: keep('transaction'), sendError: keep('error') },
    sendMetricSet: () => undefined,
    flush: (options, done = options) => process.nextTick(typeof done === 'function' ? done : () => undefined),
  }),
});
const { makeCalls, print } = require('./beside-calls.cjs');
const { observe } = require(process.env.PACKAGE);

// As docs/apms.md says: the agent keeps queries, and adds no traceparent to a request of undici that has one.
agent.addSpanFilter((span) => {
  const { http } = span.context ?? {};
  if (http?.url) http.url = http.url.replace(/\?.*/s, '');
  return span;
});
if (process.env.TRANSPORT === 'undici') {
  observe({
    requestStart({ request }) {
      if (agent.currentTraceparent) request.setHeader('traceparent', agent.currentTraceparent);
    },
  });
}

const transaction = agent.startTransaction('orders');
makeCalls((error) => agent.captureError(error))
  .then(() => {
    transaction.end();
    return new Promise((done) => agent.flush(done));
  })
  .then(() => print(sent));
