import { latency, succeeded } from '../figures.mjs';

const CALLS = 200;
const WITHIN = 2;
const RETRY_AFTER = 5;
const PATIENCE = 20;

const title = `\`503, Retry-After: ${RETRY_AFTER}\` to ${CALLS} calls within ${WITHIN} s:`;

export const retryAfter = {
  name: 'retry-after',
  seconds: () => 10,
  weight: 0.5,
  repeats: 3,
  quickRepeats: 3,
  // Each 10 ms are one more request.
  longestPause: 40,
  rows: [
    {
      name: 'requests',
      title: `${title} requests in the first ${RETRY_AFTER} s`,
      kind: 'count',
      goal: { atMost: 10 },
    },
    { name: 'succeeded', title: `${title} calls that succeed`, kind: 'share', goal: { atLeast: 1 } },
    { name: 'p99', title: `${title} p99`, kind: 'seconds', goal: { atMost: 8 } },
  ],

  async run(stage) {
    const service = await stage.listening('busy', { retryAfter: RETRY_AFTER });
    const callers = await stage.callers(1, service.url, { timeout: 5 });
    const calls = await callers.call(CALLS / WITHIN, WITHIN, PATIENCE);
    const requests = await service.ask('requests');
    return {
      requests: requests.filter(({ status }) => status === 503).length,
      succeeded: succeeded(calls),
      p99: latency(calls, 0.99) / 1000,
    };
  },
};
