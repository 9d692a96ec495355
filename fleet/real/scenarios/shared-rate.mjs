import { failed, ratesBetween } from '../figures.mjs';
import { now, sleep } from '../processes/time.mjs';

const PROCESSES = 4;
const RATE = 100;
/** Calls that each process has under way. */
const WIDTH = 10;
/** Seconds: with Redis, without it, and with it again. */
const PHASES = [4, 2, 2];
/** Seconds until all processes share the rate. */
const SETTLED = 1;

const title = `${PROCESSES} processes, \`rate: ${RATE}\` shared by Redis:`;

export const sharedRate = {
  name: 'shared-rate',
  seconds: () => PHASES.reduce((sum, seconds) => sum + seconds) + 3,
  weight: 0.6,
  repeats: 3,
  clients: ['hdms'],
  needsRedis: true,
  rows: [
    {
      name: 'rate',
      title: `${title} requests per second`,
      kind: 'rate',
      goal: { atLeast: 0.95 * RATE, atMost: 1.05 * RATE },
    },
    {
      name: 'least',
      title: `${title} fewest in a second, Redis killed for ${PHASES[1]} s`,
      kind: 'rate',
      goal: { atLeast: 0.75 * RATE },
    },
    {
      name: 'most',
      title: `${title} most in a second, Redis killed for ${PHASES[1]} s`,
      kind: 'rate',
      goal: { atMost: 1.25 * RATE },
    },
    { name: 'failed', title: `${title} calls that fail`, kind: 'share', goal: { atMost: 0 } },
  ],

  async run(stage) {
    const service = await stage.listening('healthy');
    const redis = await stage.redis();
    const options = { timeout: 5, rate: RATE, redisURL: redis.url };
    const callers = await stage.callers(PROCESSES, service.url, options, 'hdms-redis');

    const calling = callers.keepCalling(
      WIDTH,
      PHASES.reduce((sum, seconds) => sum + seconds),
    );
    await sleep(SETTLED);
    const settled = now();
    await sleep(PHASES[0] - SETTLED);
    const killed = now();
    await redis.kill();
    await sleep(PHASES[1]);
    await redis.restart();
    await sleep(PHASES[2] - 0.5);
    const end = now();
    const calls = await calling;

    const requests = await service.ask('requests');
    const whileShared = requests.filter(({ at }) => at >= settled && at < killed);
    return {
      rate: whileShared.length / ((killed - settled) / 1000),
      ...ratesBetween(requests, killed, end),
      failed: failed(calls),
    };
  },
};
