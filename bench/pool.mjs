// One worker per client, started on first use.
import { start } from './process.mjs';

export class Pool {
  #baseURL;
  #workers = new Map();

  constructor(baseURL) {
    this.#baseURL = baseURL;
  }

  async get(client) {
    const worker = this.#workers.get(client) ?? (await this.fresh(client));
    this.#workers.set(client, worker);
    return worker;
  }

  /** A new worker, in which nothing has run. The caller must stop it. */
  async fresh(client) {
    return start('worker/worker.mjs', [client, this.#baseURL], 1);
  }

  stop() {
    for (const worker of this.#workers.values()) worker.stop();
  }
}
