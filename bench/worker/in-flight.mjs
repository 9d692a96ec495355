// The memory of calls that wait for a response, which the service holds back.
import { setImmediate } from 'node:timers/promises';
import { check } from './tasks.mjs';
import { liveHeap } from './heap.mjs';

/** Calls that are started together, before the event loop handles connections. */
const BATCH = 250;

let before;
let calls = [];

export async function fill(client, count) {
  before = await liveHeap();
  while (calls.length < count) {
    for (let index = 0; index < BATCH; index++) calls.push(client.getJSON('/hold'));
    await setImmediate();
  }
  // drain() reports the calls that fail. Until then, a rejection must not end the process.
  for (const call of calls) call.catch(() => {});
}

/** Bytes per call. */
export async function weigh() {
  return ((await liveHeap()) - before) / calls.length;
}

export async function drain() {
  const responses = await Promise.all(calls);
  for (const { id } of responses) check('id', id, 'user-1');
  calls = [];
}
