// The settings of a run, from its arguments.
import { parseArgs } from 'node:util';
import { CONTESTANTS } from './contestants.mjs';
import { SCENARIOS } from './scenarios/index.mjs';

export const USAGE = `node fleet/real/run.mjs [options]
  --quick          shorter (a minute of health is 20 s), and only the clients that show whether the goals are reached
  --only <text>    only the scenarios whose names contain this: ${SCENARIOS.map(({ name }) => name).join(', ')}
  --alone          one run at a time, for a machine that has other work
  --transport <t>  of this client: http, undici
  --clients <a,b>  only these clients: ${Object.keys(CONTESTANTS).join(', ')}

It fails if a goal is missed. It writes .build/fleet-real/real.md, and a full run fleet/real/figures.json for docs/fleet.md, which
\`npm run fleet\` writes.`;

const TRANSPORTS = ['http', 'undici'];

/** @throws Error that names the invalid argument */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      alone: { type: 'boolean', default: false },
      transport: { type: 'string', default: 'http' },
      clients: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, only, alone, transport, help } = values;
  if (!SCENARIOS.some(({ name }) => name.includes(only))) throw new Error(`--only: no scenario is named ${only}`);
  if (!TRANSPORTS.includes(transport)) {
    throw new Error(`--transport must be among ${TRANSPORTS.join(', ')}; got ${transport}`);
  }
  const clients = values.clients?.split(',');
  const unknown = clients?.find((name) => !Object.hasOwn(CONTESTANTS, name));
  if (unknown !== undefined) {
    throw new Error(`--clients must be among ${Object.keys(CONTESTANTS).join(', ')}; got ${unknown}`);
  }
  const isFull = !quick && only === '' && clients === undefined && transport === 'http';
  return { quick, only, alone, transport, clients, help, isFull };
}
