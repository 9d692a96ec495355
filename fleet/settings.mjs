// The settings of a run, from its arguments.
import { parseArgs } from 'node:util';
import { CLIENTS } from './clients.mjs';

export const USAGE = `npm run fleet -- [options]
  --quick          one seed, and only the scenarios with a goal
  --real           also the scenarios with real processes, before the simulation: less than a minute with --quick, six without
  --only <text>    only the scenarios whose names contain this
  --seed <n>       the first of the seeds (101)
  --seeds <n>      how many seeds (3)
  --judge <client> whose figures must reach the goals (budget): ${Object.keys(CLIENTS).join(', ')}

It fails if a goal is missed. A full run writes docs/fleet.md, any other one .build/fleet/fleet.md.`;

/** @throws Error that names the invalid argument */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string', default: '101' },
      seeds: { type: 'string' },
      judge: { type: 'string', default: 'budget' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, real, only, judge, help } = values;
  if (!Object.hasOwn(CLIENTS, judge)) {
    throw new Error(`--judge must be among ${Object.keys(CLIENTS).join(', ')}; got ${judge}`);
  }
  const first = integer('seed', values.seed);
  const count = integer('seeds', values.seeds ?? (quick ? '1' : '3'));
  return {
    quick,
    real,
    only,
    judge,
    help,
    seeds: Array.from({ length: count }, (_, index) => first + index),
    // Other seeds are to show whether the figures hold, not to change the page.
    isFull: !quick && only === undefined && values.seeds === undefined && first === 101,
  };
}

function integer(name, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`--${name} must be an integer of at least 1, got ${text}`);
}
