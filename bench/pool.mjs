// One worker per client and build, started on first use.
import { start } from './process.mjs';
import { clientOf, folderOf } from './rows.mjs';

export class Pool {
  #baseURL;
  #settings;
  #workers = new Map();

  constructor(baseURL, settings) {
    this.#baseURL = baseURL;
    this.#settings = settings;
  }

  /** @param isAlone without a service around the client */
  async get(row, isAlone = false) {
    const key = `${row} ${isAlone}`;
    const worker = this.#workers.get(key) ?? (await this.fresh(row, isAlone));
    this.#workers.set(key, worker);
    return worker;
  }

  /** A new worker, in which nothing has run. The caller must stop it. */
  async fresh(row, isAlone = false) {
    const args = [clientOf(row), this.#baseURL, ...(isAlone ? ['alone'] : [])];
    return start('worker/worker.mjs', args, 1, folderOf(row, this.#settings));
  }

  stop() {
    for (const worker of this.#workers.values()) worker.stop();
  }
}
