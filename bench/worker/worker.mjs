// A process with one client, which works on command.
import { obey } from './commands.mjs';
import { grow } from './growth.mjs';
import { drain, fill, weigh } from './in-flight.mjs';
import { runFor, runTimes, warmUp } from './load.mjs';
import { loadService } from './service.mjs';
import { taskOf } from './tasks.mjs';

const [name, baseURL, isAlone] = process.argv.slice(2);

/** The client of each row. A client may occur several times, with different options. */
const rows = new Map();

const commands = {
  /** Creates the client of a row, and calls it until its code is compiled. */
  async prepare({ row, kind, concurrency, warmUp: milliseconds, calls, options }) {
    const client = create(baseURL, options);
    const task = taskOf(client, kind);
    rows.set(row, { client, task });
    await warmUp(task, concurrency, milliseconds, calls);
  },
  slice: ({ row, concurrency, milliseconds }) => runFor(rows.get(row).task, concurrency, milliseconds),
  run: ({ row, concurrency, count }) => runTimes(rows.get(row).task, concurrency, count),
  grow: ({ row, concurrency, count }) => grow(rows.get(row).task, concurrency, count),
  fill: ({ row, count }) => fill(rows.get(row).client, count),
  weigh,
  drain,
};

if (!isAlone) await loadService();
const { create } = await import(`../clients/${name}.mjs`);
obey(commands);
