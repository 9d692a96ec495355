// The settings of a run, from its arguments.
import { parseArgs } from 'node:util';
import { CLIENTS } from './clients.mjs';
import { SCENARIOS } from './scenarios.mjs';

const NAMES = SCENARIOS.map(({ name }) => name);
const MAIN = SCENARIOS.filter(({ isMain }) => isMain).map(({ name }) => name);

/**
 * How long calls come one at a time before the warm-up, as a share of it. What most calls under way have made when V8 first looks, it takes
 * for long-lived, and makes it in the old generation from then on. Chance would decide which client begins like that.
 */
export const RAMP = 0.25;

/** V8 takes some thousand calls to compile a client: on a busy machine, a warm-up of so many milliseconds does not suffice. */
const FULL = { rounds: 6, slice: 600, warmUp: 1600, warmCalls: 5000, scale: 1, budget: Infinity };
/** Short slices and many rounds: what slows the machine down slows both builds. */
const COMPARISON = { ...FULL, rounds: 10, slice: 400 };
/** `budget` is in seconds: scenarios that would start later are left out, so that it is quick on slow machines too. */
const QUICK = { rounds: 2, slice: 60, warmUp: 60, warmCalls: 0, scale: 0.05, budget: 45 };

export const USAGE = `Usage: npm run bench -- [options]

Without options, it runs all scenarios with all clients (about 55 minutes), saves the results in bench/results and writes
docs/benchmarks.md with its charts. It needs the machine for itself.

Which run:
  --quick            checks that all of it works, in less than a minute; the figures mean nothing
  --compare <ref>    builds a commit, branch or tag in a temporary worktree, and runs it and the working tree in turn:
                     prints the ratios of our clients (of "main", if --only names no others; about 15 minutes), and
                     writes nothing
  --report           measures nothing: writes docs/benchmarks.md from bench/results
  --help             prints this text

What it measures:
  --only <a,b>       only these scenarios; "main" stands for the first ${MAIN.length} (about 23 minutes)
  --clients <a,b>    only these clients
  --rounds <n>       rounds in which the clients take turns, 1 to 1000; a full run has ${FULL.rounds}, a comparison ${COMPARISON.rounds}
  --write            saves the results of a run with --only or fewer rounds too: what it measured becomes a part of the page

Scenarios: ${wrapped(NAMES)}
Clients:   ${wrapped(Object.keys(CLIENTS))}`;

/** An argument that is wrong. Its message says what was expected, and what came. */
export class UsageError extends Error {}

const OPTIONS = {
  quick: { type: 'boolean' },
  only: { type: 'string' },
  clients: { type: 'string' },
  rounds: { type: 'string' },
  write: { type: 'boolean' },
  report: { type: 'boolean' },
  compare: { type: 'string' },
  help: { type: 'boolean' },
};

/** @throws UsageError */
export function readArguments(args) {
  const { quick = false, write = false, report = false, help = false, compare, ...values } = parsed(args);
  const mode = compare === undefined ? (quick ? QUICK : FULL) : { ...COMPARISON, ...(quick && QUICK) };
  const rounds = values.rounds === undefined ? mode.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000) {
    throw new UsageError(`--rounds must be an integer from 1 to 1000, got ${shown(values.rounds)}`);
  }
  checkTogether({ quick, write, report, compare, ...values });
  const only = (values.only ?? (compare && 'main'))?.split(',').flatMap((name) => (name === 'main' ? MAIN : [name]));
  const isFull = !quick && compare === undefined && values.only === undefined && values.clients === undefined;
  return {
    ...mode,
    rounds,
    ...(values.rounds !== undefined && { mostRounds: rounds }),
    quick,
    help,
    report,
    compare,
    scenarios: picked('--only', only, NAMES),
    clients: picked('--clients', values.clients?.split(','), Object.keys(CLIENTS)),
    write: write || (isFull && rounds >= FULL.rounds),
  };
}

function parsed(args) {
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  const { tokens } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true });
  const values = {};
  for (const { kind, name, rawName, value } of tokens) {
    const option = OPTIONS[name];
    if (!option) {
      const came = { option: rawName, positional: shown(value), 'option-terminator': '--' }[kind];
      throw new UsageError(`an argument must be one of ${names.join(', ')}; got ${came}`);
    }
    const isMissing = value === undefined || value === '' || value.startsWith('--');
    if (option.type === 'string' && isMissing)
      throw new UsageError(`${rawName} must have a value, got ${shown(value)}`);
    if (option.type === 'boolean' && value !== undefined)
      throw new UsageError(`${rawName} has no value, got ${shown(value)}`);
    values[name] = value ?? true;
  }
  return values;
}

function checkTogether({ quick, write, report, compare, only, clients, rounds }) {
  const excluded = (option, others) => {
    const other = Object.keys(others).find((name) => others[name]);
    if (other) throw new UsageError(`${option} cannot be used together with --${other}`);
  };
  // A table of some clients would replace that of all.
  if (write) excluded('--write', { quick, clients, compare });
  if (report) excluded('--report', { quick, write, compare, only, clients, rounds });
}

function picked(option, names, known) {
  if (names === undefined) return known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${option} must be a list of ${known.join(', ')}; got ${shown(unknown)}`);
  }
  return known.filter((name) => names.includes(name));
}

const shown = (value) => (value === undefined ? 'none' : JSON.stringify(value));

function wrapped(names) {
  const lines = [''];
  for (const name of names) {
    if (lines.at(-1).length + name.length > 90) lines.push('');
    lines[lines.length - 1] += `${name}, `;
  }
  return lines.join('\n           ').replace(/, $/, '').replaceAll(/ +$/gm, '');
}
