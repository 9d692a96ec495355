import { succeeded } from '../figures.mjs';

const ALLOWED = 50;
const RATE = 80;
const SECONDS = 6;
const PATIENCE = 15;

const title = `${ALLOWED}/s allowed (\`RateLimit\`), ${RATE} calls/s for ${SECONDS} s, pacing on:`;

export const bucket = {
  name: 'bucket',
  seconds: () => 12,
  weight: 0.2,
  rows: [
    { name: 'refused', title: `${title} 429s`, kind: 'count', goal: { atMost: 5 } },
    { name: 'succeeded', title: `${title} calls that succeed`, kind: 'share' },
  ],

  async run(stage) {
    const service = await stage.listening('bucket', { rate: ALLOWED });
    const features = { backpressure: { rateLimit: true } };
    const callers = await stage.callers(1, service.url, { timeout: 5, features });
    const calls = await callers.call(RATE, SECONDS, PATIENCE);
    const requests = await service.ask('requests');
    return { refused: requests.filter(({ status }) => status === 429).length, succeeded: succeeded(calls) };
  },
};
