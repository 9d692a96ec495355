// The name of a row: a client, perhaps of another build (`hdms-http@1b88744`), perhaps with a number of plugins (`hdms-http+5`)
// or a kind of telemetry (`hdms-http: instrumentation`); or a name from the scenario.
import { CLIENTS, OURS } from './clients.mjs';

/** The worker in which a row runs: a client and its build. */
export const workerOf = (row) => row.split(/\+|: /)[0];

export const clientOf = (row) => workerOf(row).split('@')[0];

/** The commit of another build; `undefined` for the one in the working tree. */
export const buildOf = (row) => workerOf(row).split('@')[1];

export const atBuild = (client, build) => (build === undefined ? client : `${client}@${build}`);

/** The bench folder of the build of a row; `undefined` for the working tree. */
export const folderOf = (row, { builds = {} }) => builds[buildOf(row)];

const OF_OTHERS = [': instrumentation', ': a span by hand'];

export const isOurs = (row) => OURS.includes(clientOf(row)) && !OF_OTHERS.some((kind) => row.endsWith(kind));

export function labelOf(row) {
  const [, extra] = row.split(/\+|: /);
  const build = buildOf(row);
  const label = CLIENTS[clientOf(row)]?.label ?? clientOf(row);
  return label + (build === undefined ? '' : `, ${build}`) + (extra === undefined ? '' : ` + ${extra}`);
}
