// The scenarios of a run, each with its rows, rounds and counts.
import { availableOf, CLIENTS, OURS } from './clients.mjs';
import { atBuild } from './rows.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { RAMP } from './settings.mjs';

export async function plan(settings) {
  const available = await availableOf(settings.clients);
  return planOf(settings, available);
}

/** @param available the clients whose packages are installed, among those that were asked for */
export function planOf({ slice, warmUp, ...settings }, available) {
  const asked = SCENARIOS.filter(({ name }) => settings.scenarios.includes(name));
  return (settings.quick ? variousFirst(asked) : asked)
    .map((scenario) => ({ ...scenario, ...sizeOf(scenario, settings), clients: rowsOf(scenario, settings, available) }))
    .filter(({ clients }) => clients.some((row) => row in CLIENTS))
    .map((scenario) => ({ ...scenario, seconds: guess(scenario, slice / 1000, ((1 + RAMP) * warmUp) / 1000) }));
}

/** One scenario of each way of measuring comes first, in case the time is too short for all. */
function variousFirst(scenarios) {
  const isFirst = ({ measure }, index) => scenarios.findIndex((other) => other.measure === measure) === index;
  return [...scenarios.filter(isFirst), ...scenarios.filter((scenario, index) => !isFirst(scenario, index))];
}

function sizeOf(scenario, { quick, scale, rounds, mostRounds = Infinity }) {
  const count = scenario.count && scenario.count * scale;
  return {
    count,
    title: scenario.title.replace('#', count?.toLocaleString('en')),
    rounds: quick && scenario.rounds ? 1 : Math.min(scenario.rounds ?? rounds, mostRounds),
  };
}

function rowsOf(scenario, { quick, builds = {}, clients: asked }, available) {
  const core = Object.keys(CLIENTS).filter((name) => CLIENTS[name].isCore);
  const willing = quick ? (scenario.quick ?? core) : available;
  // A name that belongs to the scenario alone, like `bare Node`, is always there.
  const takesPart = (name) => !(name in CLIENTS) || (available.includes(name) && willing.includes(name));
  const rows = (scenario.clients ?? asked).filter(takesPart);
  return rows.flatMap((row) =>
    OURS.includes(row) ? [row, ...Object.keys(builds).map((b) => atBuild(row, b))] : [row],
  );
}

function guess({ clients, rows, kinds = [], counts = [], measure, count, rounds, stretch = 1 }, slice, warmUp) {
  if (measure === 'startup') return clients.length * (rounds + 1) * 0.25;
  if (measure === 'growth') return clients.length * (1 + warmUp + count / 3000);
  if (measure === 'inFlight') return clients.length * rounds * (1 + warmUp + count / 2000);
  const measured = clients.length * (rows?.length ?? counts.length + kinds.length + 1);
  return measured * rounds * (0.7 + warmUp + slice * stretch);
}
