import { TOKEN } from '../payload.mjs';
import { start } from '../process.mjs';
import { clientOf, folderOf } from '../rows.mjs';
import { shuffled } from '../statistics.mjs';

const BARE = 'bare Node';

/** Fresh processes in turn: each loads one package and makes one call. Others count the files that are loaded. */
export async function startup({ clients, rounds }, { settings, server, progress }) {
  const url = `http://127.0.0.1:${server.ready}/small`;
  const run = async (row, ...more) => {
    const child = await start('worker/startup.cjs', [clientOf(row), url, TOKEN, ...more], 1, folderOf(row, settings));
    child.stop();
    return child.ready;
  };
  const files = {};
  for (const row of clients) files[row] = await run(row, 'files');
  const samples = Object.fromEntries(clients.map((row) => [row, []]));
  for (let round = 1; round <= rounds; round++) {
    progress.now(`round ${round} of ${rounds}`);
    for (const row of shuffled(clients)) samples[row].push({ ...(await run(row)), files: files[row] });
  }
  return aboveBareNode(samples);
}

/** The memory that a package takes. */
function aboveBareNode(samples) {
  const above = (of) => of.map((sample, round) => ({ ...sample, rss: sample.rss - samples[BARE][round].rss }));
  return Object.fromEntries(Object.entries(samples).map(([row, of]) => [row, above(of)]));
}
