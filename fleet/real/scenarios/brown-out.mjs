import { goodput, recovery, shareOf } from '../figures.mjs';
import { now, sleep } from '../processes/time.mjs';

const TIMES = 20;
const BROWN_OUT = 4;
const CAPACITY = 500;
const FLEET = { processes: 3, rate: 100 };
const TIMEOUT = 1;
/** Seconds that the last calls get. */
const PATIENCE = 2;

const healthOf = (isQuick) => (isQuick ? 6 : 10);
const watchedOf = (isQuick) => (isQuick ? 10 : 14);
const title = `${TIMES} × slower for ${BROWN_OUT} s at 60 % of the capacity, timeout 1 s:`;

export const brownOut = {
  name: 'brown-out',
  chartTitle: `${TIMES} × slower for ${BROWN_OUT} s, real processes`,
  seconds: (isQuick) => healthOf(isQuick) + BROWN_OUT + watchedOf(isQuick) + PATIENCE + 2,
  weight: 0.6,
  repeats: 3,
  quickClients: ['hdms', 'off'],
  fleet: FLEET,
  conditions: (isQuick) => [{ from: healthOf(isQuick), to: healthOf(isQuick) + BROWN_OUT, slow: TIMES }],
  rows: [
    {
      name: 'recovery',
      title: `${title} until 90 % succeed within 1 s again`,
      kind: 'recovery',
      goal: { atMost: 7 },
    },
    { name: 'wasted', title: `${title} responses for callers that have left, in the 10 s after it`, kind: 'share' },
  ],

  async run(stage) {
    const health = healthOf(stage.isQuick);
    const seconds = health + BROWN_OUT + watchedOf(stage.isQuick);
    const service = await stage.listening('workers', { capacity: CAPACITY });
    const callers = await stage.callers(FLEET.processes, service.url, { timeout: TIMEOUT });

    const from = now();
    const calling = callers.call(FLEET.rate, seconds, PATIENCE);
    await sleep(health);
    await service.ask('slow', { times: TIMES });
    await sleep(BROWN_OUT);
    await service.ask('slow', { times: 1 });
    const end = now();
    const calls = await calling;

    const requests = await service.ask('requests');
    const after = requests.filter(({ at, status }) => status && at >= end && at < end + 10_000);
    return {
      recovery: recovery(calls, { end, last: from + seconds * 1000, limit: TIMEOUT }),
      wasted: shareOf(after, ({ isForNobody }) => isForNobody),
      goodput: goodput(calls, from, seconds),
    };
  },
};
