import { start } from '../process.mjs';
import { clientOf, folderOf } from '../rows.mjs';

/**
 * Starts a process with the client of a row.
 *
 * @param isAlone without a service around the client
 */
export function openWorker(row, { server, settings }, isAlone = false) {
  const args = [clientOf(row), `http://127.0.0.1:${server.ready}`, ...(isAlone ? ['alone'] : [])];
  return start('worker/worker.mjs', args, 1, folderOf(row, settings));
}
