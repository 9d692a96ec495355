import { begunBetween, succeeded } from '../figures.mjs';
import { now, sleep } from '../processes/time.mjs';

const RATE = 100;
const DOWN = 3;
const AFTER = 1;
const PATIENCE = 6;

const healthOf = (isQuick) => (isQuick ? 2 : 5);

export const crash = {
  name: 'crash',
  seconds: (isQuick) => healthOf(isQuick) + DOWN + AFTER + PATIENCE + 1,
  weight: 0.25,
  rows: [
    {
      name: 'bridged',
      title: `kill −9, and back after ${DOWN} s, ${RATE} calls/s: calls begun meanwhile that succeed`,
      kind: 'share',
      goal: { atLeast: 0.99 },
    },
  ],

  async run(stage) {
    const health = healthOf(stage.isQuick);
    const service = await stage.listening('healthy');
    // A process takes a while to start, and is to listen in time.
    const next = await stage.service('healthy', {}, service.port);
    const callers = await stage.callers(1, service.url, { timeout: 5 });
    const calling = callers.call(RATE, health + DOWN + AFTER, PATIENCE);
    await sleep(health);
    const begin = now();
    await service.kill();
    await sleep(DOWN - (now() - begin) / 1000);
    await next.listen();
    const end = now();
    return { bridged: succeeded(begunBetween(await calling, begin, end)) };
  },
};
