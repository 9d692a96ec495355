// Makes thousands of calls against services that misbehave, and checks that each ends as the rules say.
import { Clients } from './clients.mjs';
import { KINDS } from './kinds/index.mjs';
import { activeResources, faultsOfGrowth, findLeaks, kilobytes, liveHeap } from './leaks.mjs';
import { PLANTS } from './plants.mjs';
import { describeFault, tableOf } from './report.mjs';
import { Records } from './service/records.mjs';
import { Service } from './service/service.mjs';
import { readArguments, USAGE } from './settings.mjs';
import { Storm } from './storm.mjs';
import { Tally, withoutNumbers } from './tally.mjs';

/** Calls that are printed in full, of those with the same fault. */
const SHOWN = 2;

const settings = toSettings(process.argv.slice(2));
if (!settings) process.exitCode = 1;
else if (settings.help) console.log(USAGE);
else if (settings.list) for (const { name, does } of KINDS) console.log(`${name.padEnd(26)}${does}`);
else process.exitCode = (await run()) ? 0 : 1;
// A leak must not keep the process alive; it was reported.
setTimeout(() => process.exit(), 1000).unref();

function toSettings(args) {
  try {
    return readArguments(args);
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return undefined;
  }
}

async function run() {
  const before = activeResources();
  const others = watchProcess();
  const records = new Records();
  const tally = new Tally();
  const plant = PLANTS[settings.plant] ?? {};
  const service = await Service.start(KINDS, records);
  const clients = new Clients(settings.transports);
  const storm = new Storm(settings, { clients, service, records, tally, plant, onFault: printer() });
  const indices = selection(storm);
  console.log(`${indices.length.toLocaleString('en')} calls, ${KINDS.length} kinds, seed ${settings.seed}`);

  const startedAt = performance.now();
  const progress = startProgress(tally, indices.length, startedAt);
  const half = Math.ceil(indices.length / 2);
  const heaps = [];
  for (const part of [indices.slice(0, half), indices.slice(half)]) {
    await storm.run(part);
    heaps.push(await liveHeap());
  }
  clearInterval(progress);
  storm.stop();
  const seconds = (performance.now() - startedAt) / 1000;
  plant.run?.({ clients });
  const leaks = [...(await findLeaks({ clients, service, before })), ...faultsOfGrowth(heaps, indices.length)];
  const strays = records.strays.map((request) => `a request too many, or of no call: ${request}`);
  return conclude({ tally, seconds, heaps, general: [...leaks, ...strays, ...others()] });
}

/** The indices of the calls to make. Those that are left out do not change the others. */
function selection(storm) {
  const { calls, call, only, transports, chosen } = settings;
  if (call !== undefined) return [call];
  const all = Array.from({ length: calls }, (_, index) => index);
  if (chosen.length === transports.length && !only) return all;
  return all.filter((index) => {
    const { kind, transport } = storm.planOf(index);
    return chosen.includes(transport) && (!only || only.has(kind.name));
  });
}

function printer() {
  const shown = new Map();
  return (fault) => {
    const { kind, transport } = fault.plan;
    const key = [kind.name, transport, withoutNumbers(fault.faults[0])].join(' ');
    shown.set(key, (shown.get(key) ?? 0) + 1);
    if (shown.get(key) <= SHOWN) console.log(`\n${describeFault(fault)}`);
  };
}

function startProgress(tally, total, startedAt) {
  return setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${tally.calls} of ${total} calls, ${seconds} s, ${tally.faultCount} faults`);
  }, 5000);
}

/** What nobody caught. @returns a function that ends the watch and gives the faults */
function watchProcess() {
  const faults = [];
  const listeners = {
    unhandledRejection: (error) => faults.push(`unhandled rejection: ${error?.stack ?? error}`),
    uncaughtException: (error) => faults.push(`uncaught exception: ${error?.stack ?? error}`),
    warning: (warning) => faults.push(`warning: ${warning.stack}`),
  };
  for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
    return faults;
  };
}

/** @returns whether there was no fault */
function conclude({ tally, seconds, heaps, general }) {
  console.log(`\n${tableOf(tally)}\n`);
  for (const [fault, times] of tally.faults) console.log(`FAULT  ${times} × ${fault}`);
  for (const fault of general) console.log(`FAULT  ${fault}`);
  const faulty = tally.rows.filter(({ faults }) => Object.keys(faults).length > 0);
  const [first, second] = heaps;
  const heap =
    first === undefined ? '' : `, heap ${kilobytes(first)} after one half, ${kilobytes(second)} after the other`;
  const counts = `${tally.calls.toLocaleString('en')} calls, ${tally.requests.toLocaleString('en')} requests, ${Math.round(seconds)} s${heap}`;
  const count = tally.faultCount + general.length;
  console.log(`${counts}\n${count} faults${faulty.length > 0 ? `, of ${faulty.length} kinds` : ''}`);
  return count === 0;
}
