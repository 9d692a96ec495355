import { begunBetween } from '../figures.mjs';
import { now, sleep } from '../processes/time.mjs';

const RATE = 100;
const SECONDS = 10;
/** Seconds that the retries of the last calls take, and some. */
const PATIENCE = 5;

const title = `always 503, ${RATE} calls/s for ${SECONDS} s,`;

export const unavailable = {
  name: 'unavailable',
  seconds: () => SECONDS + PATIENCE + 1,
  weight: 0.2,
  rows: [
    { name: 'requests', title: `${title} from a fresh process: requests a call`, kind: 'ratio', goal: { atMost: 1.1 } },
  ],

  async run(stage) {
    const service = await stage.listening('unavailable');
    const callers = await stage.callers(1, service.url, { timeout: 5 });
    const calls = await callers.call(RATE, SECONDS, PATIENCE);
    const requests = await service.ask('requests');
    return { requests: requests.length / calls.length };
  },
};

const healthOf = (isQuick) => (isQuick ? 20 : 60);

export const unavailableLater = {
  name: 'unavailable-later',
  seconds: (isQuick) => healthOf(isQuick) + SECONDS + PATIENCE + 1,
  weight: 0.15,
  rows: [
    {
      name: 'requests',
      title: `${title} after a minute of health: requests a call`,
      kind: 'ratio',
      goal: { atMost: 1.3 },
    },
  ],

  async run(stage) {
    const health = healthOf(stage.isQuick);
    const service = await stage.listening('healthy');
    const callers = await stage.callers(1, service.url, { timeout: 5 });
    const calling = callers.call(RATE, health + SECONDS, PATIENCE);
    await sleep(health);
    await service.ask('become', { behaviour: 'unavailable' });
    const begin = now();
    const calls = await calling;
    const affected = begunBetween(calls, begin, Infinity).length;
    const requests = (await service.ask('requests')).filter(({ status }) => status === 503);
    return { requests: requests.length / affected };
  },
};
