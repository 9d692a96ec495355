import { now } from '../processes/time.mjs';

const RATE = 4;
const SECONDS = 10;
const WATCHED = 25;
/** Hops that call another one. */
const CALLING = 3;

export const chain = {
  name: 'chain',
  seconds: (isQuick) => (isQuick ? 15 : WATCHED + 3),
  weight: 0.25,
  rows: [
    {
      name: 'requests',
      title: `four hops, the last always 503, ${RATE} requests/s for ${SECONDS} s: requests there for one at the edge`,
      kind: 'ratio',
      goal: { atMost: 2 },
    },
  ],

  async run(stage) {
    const last = await stage.listening('unavailable');
    let { url } = last;
    for (let hop = 0; hop < CALLING; hop += 1) url = await stage.hop(url, { timeout: 5 });
    const edge = await stage.callers(1, url, { timeout: WATCHED }, 'plain');
    const begin = now();
    const calls = await edge.call(RATE, SECONDS, WATCHED - SECONDS);
    const requests = await last.ask('requests');
    return { requests: requests.filter(({ at }) => at >= begin).length / calls.length };
  },
};
