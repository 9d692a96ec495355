import { latency } from '../figures.mjs';

const RATE = 100;
const EVERY = 50;
const SLOW = 500;
const PATIENCE = 3;

const secondsOf = (isQuick) => (isQuick ? 5 : 8);
const title = `1 response in ${EVERY} takes ${SLOW} ms, hedging on:`;

export const slowReplica = {
  name: 'slow-replica',
  seconds: (isQuick) => secondsOf(isQuick) + 2,
  // Its figure is a matter of milliseconds.
  weight: Infinity,
  repeats: 3,
  longestPause: 50,
  clients: ['hdms', 'off', 'axios-retry'],
  rows: [
    { name: 'p99', title: `${title} p99`, kind: 'milliseconds', goal: { atMost: 60 } },
    { name: 'requests', title: `${title} requests a call`, kind: 'ratio', goal: { atMost: 1.08 } },
  ],

  async run(stage) {
    const service = await stage.listening('sometimesSlow', { every: EVERY, milliseconds: SLOW });
    const callers = await stage.callers(1, service.url, { timeout: 5, features: { hedging: { delay: {} } } });
    const calls = await callers.call(RATE, secondsOf(stage.isQuick), PATIENCE);
    const requests = await service.ask('requests');
    return { p99: latency(calls, 0.99), requests: requests.length / calls.length };
  },
};
