// The settings of a run, from its arguments.
import { parseArgs } from 'node:util';
import { KINDS } from './kinds/index.mjs';
import { PLANTS } from './plants.mjs';

/** Each has every other call. */
const TRANSPORTS = ['http', 'undici'];
/** axios's own adapter, which makes the calls of http if it is asked for. */
const AXIOS = 'axios';

export const USAGE = `npm run storm -- [options]
  --calls <n>           number of calls, shared by the transports (10,000)
  --seed <n>            determines the calls; the default is another one each time
  --transport <name>    only this one: ${TRANSPORTS.join(', ')}, or ${AXIOS}, which is axios's own adapter with the calls of http
  --only <a,b>          only the calls with these kinds of misbehaviour
  --call <n>            only this call
  --concurrency <n>     calls at once, per transport (50)
  --list                prints the kinds
  --plant <fault>       adds a fault, which the run must find: ${Object.keys(PLANTS).join(', ')}`;

/** @throws Error that names the invalid argument */
export function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      calls: { type: 'string', default: '10000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      transport: { type: 'string', default: TRANSPORTS.join(',') },
      only: { type: 'string' },
      call: { type: 'string' },
      concurrency: { type: 'string', default: '50' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      plant: { type: 'string' },
    },
  });
  const names = KINDS.map(({ name }) => name);
  if (values.plant !== undefined) listed('plant', values.plant, Object.keys(PLANTS));
  return {
    calls: integer('calls', values.calls, 1),
    seed: integer('seed', values.seed, 0),
    ...transportsOf(values.transport),
    only: values.only && new Set(listed('only', values.only, names)),
    call: values.call && integer('call', values.call, 0),
    concurrency: integer('concurrency', values.concurrency, 1),
    list: values.list,
    help: values.help,
    plant: values.plant,
  };
}

/** `transports` are those that share the calls, `chosen` those whose calls are made. */
function transportsOf(text) {
  const chosen = listed('transport', text, [...TRANSPORTS, AXIOS]);
  const transports = TRANSPORTS.map((name) => (name === 'http' && chosen.includes(AXIOS) ? AXIOS : name));
  return { transports, chosen };
}

function integer(name, text, least) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name} must be an integer of at least ${least}, got ${text}`);
}

function listed(name, text, known) {
  const values = text.split(',');
  const unknown = values.find((value) => !known.includes(value));
  if (unknown === undefined) return values;
  const names = name === 'only' ? 'the kinds that --list prints' : known.join(', ');
  throw new Error(`--${name} must be among ${names}; got ${unknown}`);
}
