// The settings of a run, from its arguments.
import { parseArgs } from 'node:util';
import { availableOf, CLIENTS } from './clients.mjs';
import { SCENARIOS } from './scenarios.mjs';

export const USAGE = `npm run bench -- [options]
  --quick               a look whether all of it works, in less than a minute
  --only <a,b>          only these scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}
  --clients <a,b>       only these clients: ${Object.keys(CLIENTS).join(', ')}
  --rounds <n>          rounds of slices
  --write               writes docs/benchmarks.md even though the run is not a full one: what it measured takes the place of what was there
  --report              measures nothing: writes docs/benchmarks.md from the figures of the last run`;

const FULL = { rounds: 10, slice: 400, warmUp: 1500, scale: 1, budget: Infinity };
/** Seconds. A quick run skips the scenarios that would start later, so its time is limited on slow machines too. */
const QUICK = { rounds: 2, slice: 120, warmUp: 100, scale: 0.1, budget: 40 };

/** @throws Error that names the invalid argument */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      clients: { type: 'string' },
      rounds: { type: 'string' },
      write: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, write, report, help } = values;
  const defaults = quick ? QUICK : FULL;
  const rounds = Number(values.rounds ?? defaults.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be an integer above 0, got ${values.rounds}`);
  const isFull = !quick && values.only === undefined && values.clients === undefined && rounds >= 8;
  const scenarios = pick(
    '--only',
    values.only,
    SCENARIOS.map(({ name }) => name),
  );
  const clients = pick('--clients', values.clients, Object.keys(CLIENTS));
  return { ...defaults, quick, rounds, scenarios, clients, help, report, write: write || isFull };
}

/** The scenarios of a run, each with its clients, rounds and counts. */
export async function plan({ quick, rounds, slice, warmUp, scale, scenarios, clients }) {
  const available = await availableOf(clients);
  const core = Object.keys(CLIENTS).filter((name) => CLIENTS[name].isCore);
  return SCENARIOS.filter(({ name }) => scenarios.includes(name))
    .map((scenario) => {
      const willing = quick ? (scenario.quick ?? core) : available;
      const taking = (scenario.clients ?? available).filter(
        (name) => available.includes(name) && willing.includes(name),
      );
      const count = scenario.count && scenario.count * scale;
      const title = scenario.title.replace('#', count?.toLocaleString('en'));
      return {
        ...scenario,
        title,
        count,
        clients: taking,
        rounds: quick && scenario.rounds ? 1 : (scenario.rounds ?? rounds),
      };
    })
    .filter((scenario) => scenario.clients.length > 0)
    .map((scenario) => ({ ...scenario, seconds: guess(scenario, slice / 1000, warmUp / 1000) }));
}

function guess({ clients, rows, kinds = [], counts = [], measure, count, rounds, stretch = 1 }, slice, warmUp) {
  const workers = rows?.length ?? clients.length * (counts.length + kinds.length + 1);
  if (measure === 'growth') return clients.length * (1 + warmUp + count / 3000);
  if (measure === 'inFlight') return clients.length * rounds * (1 + warmUp + count / 2000);
  return workers * (0.3 + warmUp + rounds * slice * stretch * 1.1);
}

function pick(option, list, known) {
  if (list === undefined) return known;
  const names = list.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`${option} must name some of ${known.join(', ')}, got ${unknown}`);
}
