// A process that calls the service with one of the clients.
import { obey } from '../../../bench/worker/commands.mjs';
import { beginToWatch, longestPause } from './pauses.mjs';
import { now, sleep } from './time.mjs';
import { warmUp } from './warm-up.mjs';

/** Milliseconds between two looks at which calls are due. */
const TICK = 2;

const [client, baseURL, options] = process.argv.slice(2);
const { create } = await import(`../contestants/${client}.mjs`);
await warmUp(create, JSON.parse(options));
const get = await create(baseURL, JSON.parse(options));
let count = 0;
beginToWatch();

obey({
  /** Begins `rate` calls per second, however many are under way. Those that take too long are not waited for. */
  async call({ rate, seconds, patience }) {
    const calls = [];
    const pending = [];
    const from = now();
    for (let due = 0; due < rate * seconds; await sleep(TICK / 1000)) {
      for (; due < rate * seconds && due <= ((now() - from) / 1000) * rate; due += 1) pending.push(makeCall(calls));
    }
    await Promise.race([Promise.all(pending), sleep(patience)]);
    return calls;
  },
  /** Always has `width` calls under way. */
  async keepCalling({ width, seconds }) {
    const calls = [];
    const end = now() + seconds * 1000;
    const callOn = async () => {
      while (now() < end) await makeCall(calls);
    };
    await Promise.all(Array.from({ length: width }, callOn));
    return calls;
  },
  pause: async () => longestPause(),
});

/** Adds a record: when the call began, how long it took, and whether it succeeded. */
async function makeCall(calls) {
  const id = `${process.pid}-${++count}`;
  const record = { id, at: now(), milliseconds: Infinity, isSuccess: false };
  calls.push(record);
  try {
    await get(`/work?call=${id}`);
    record.isSuccess = true;
  } catch (error) {
    if (process.env.FLEET_TRACE) console.error(client, error);
  }
  record.milliseconds = now() - record.at;
}
