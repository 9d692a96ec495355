import { createRequire } from 'node:module';

const load = createRequire(new URL('../../dist/index.js', import.meta.url));
const { HTTPClient, observe } = load('./index.js');
const { Recorder } = load('./inspector/recorder.js');
const url = process.argv[2];
const client = new HTTPClient({ name: 'users', token: null });
const names = ['callStart', 'attemptStart', 'requestStart', 'requestHeaders', 'requestEnd', 'attemptEnd', 'callEnd'];
const nothing = Object.fromEntries([...names, 'breaker', 'budget'].map((name) => [name, () => undefined]));

const recording = () => {
  const recorder = new Recorder({ maxCalls: 1000, maxBytes: 8 * 1024 * 1024 });
  return () => recorder.close();
};
const KINDS = { nobody: () => () => undefined, 'empty subscribers': () => observe(nothing), recorder: recording };
const CALLS = 2000;
const ROUNDS = 15;

async function call(count) {
  for (let number = 0; number < count; number += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.get(`${url}/users/${number + index}`)));
  }
}

/** Microseconds of CPU for a call. */
async function slice(begin) {
  const end = begin();
  global.gc();
  const before = process.cpuUsage();
  await call(CALLS);
  const { user, system } = process.cpuUsage(before);
  end();
  return (user + system) / CALLS;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const costs = Object.fromEntries(Object.keys(KINDS).map((name) => [name, []]));
for (let round = -3; round < ROUNDS; round++) {
  // In turns, and each time in another order, so that a slow moment of the machine hits all.
  const kinds = Object.entries(KINDS);
  for (let index = 0; index < kinds.length; index++) {
    const [name, begin] = kinds[(index + ROUNDS + round) % kinds.length];
    const cost = await slice(begin);
    if (round >= 0) costs[name].push(cost);
  }
}
const [nobody, empty, recorder] = Object.values(costs);
const above = (these, those) => Number(median(these.map((value, index) => value - those[index])).toFixed(2));

const stop = recording();
const heap = [];
for (let part = 0; part < 5; part++) {
  await call(40_000);
  global.gc();
  heap.push(Number((process.memoryUsage().heapUsed / 1024 / 1024).toFixed(1)));
}
stop();

process.send({
  microsecondsPerCall: Object.fromEntries(
    Object.entries(costs).map(([name, values]) => [name, Number(median(values).toFixed(1))]),
  ),
  observedAtAll: above(empty, nobody),
  recorderAboveEmpty: above(recorder, empty),
  recorderInTotal: above(recorder, nobody),
  heapAfterEach40000Calls: heap,
});
process.exitCode = 0;
process.disconnect();
setTimeout(() => process.exit(), 100);
