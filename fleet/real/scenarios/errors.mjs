import { failed, gaveUpEarly } from '../figures.mjs';

const RATE = 100;
const ATTEMPTS = 4;
const PATIENCE = 5;

const secondsOf = (isQuick) => (isQuick ? 12 : 20);

/** @param expected the share of the calls whose four attempts all fail */
function errorsOf(share, expected, goal) {
  const title = `${100 * share} % independent 503s, ${RATE} calls/s:`;
  return {
    name: `errors-${100 * share}`,
    seconds: (isQuick) => secondsOf(isQuick) + PATIENCE + 1,
    weight: 0.2,
    rows: [
      { name: 'failed', title: `${title} calls that fail (${expected} by chance)`, kind: 'share' },
      { name: 'early', title: `${title} calls that fail before the fourth attempt`, kind: 'smallShare', goal },
    ],

    async run(stage) {
      const service = await stage.listening('errors', { share });
      const callers = await stage.callers(1, service.url, { timeout: 5 });
      const calls = await callers.call(RATE, secondsOf(stage.isQuick), PATIENCE);
      const requests = await service.ask('requests');
      return { failed: failed(calls), early: gaveUpEarly(calls, requests, ATTEMPTS) };
    },
  };
}

export const errors25 = errorsOf(0.25, '0.4 %', { atMost: 0.001 });
export const errors30 = errorsOf(0.3, '0.8 %');
