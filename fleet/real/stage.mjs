// The processes of one run of a scenario.
import { start } from './processes/child.mjs';
import { startRedis } from './processes/redis.mjs';

export class Stage {
  #children = [];
  /** Those that watch their pauses. */
  #watching = [];

  #contestant;
  #transport;

  /** @param contestant the client that calls */
  constructor(contestant, { quick, transport }) {
    this.#contestant = contestant;
    this.#transport = transport;
    this.isQuick = quick;
  }

  /** A service that behaves like one of behaviours.mjs. */
  async service(behaviour, options = {}, port = 0) {
    const service = await this.#start('service.mjs');
    this.#watching.push(service);
    await service.ask('become', { behaviour, ...options });
    service.listen = async () => {
      service.port = await service.ask('listen', { port });
      service.url = `http://127.0.0.1:${service.port}`;
    };
    return service;
  }

  /** A service that listens. */
  async listening(behaviour, options) {
    const service = await this.service(behaviour, options);
    await service.listen();
    return service;
  }

  /** @returns URL of a service that calls `nextURL` */
  async hop(nextURL, options) {
    const hop = await this.#start('hop.mjs', this.#contestant, nextURL, this.#print(options));
    return `http://127.0.0.1:${await hop.ask('listen')}`;
  }

  /**
   * Processes that call `url`.
   *
   * @param options `timeout` in seconds, and what else the client is created with
   */
  async callers(count, url, options, client = this.#contestant) {
    const args = ['caller.mjs', client, url, this.#print(options)];
    const callers = await Promise.all(Array.from({ length: count }, async () => this.#start(...args)));
    this.#watching.push(...callers);
    const all = async (command, given) => {
      const calls = await Promise.all(callers.map(async (caller) => caller.ask(command, given)));
      return calls.flat();
    };
    return {
      /** Begins `rate` calls per second in each of them, and waits at most `patience` seconds for the last. */
      call: async (rate, seconds, patience) => all('call', { rate, seconds, patience }),
      keepCalling: async (width, seconds) => all('keepCalling', { width, seconds }),
    };
  }

  async redis() {
    const redis = await startRedis();
    this.#children.push({ kill: async () => redis.close() });
    return redis;
  }

  /** Milliseconds for which a caller or a service was kept from working. */
  async longestPause() {
    const alive = this.#watching.filter(({ hasEnded }) => !hasEnded);
    return Math.max(...(await Promise.all(alive.map(async (child) => child.ask('pause')))));
  }

  async close() {
    await Promise.all(this.#children.map(async (child) => child.kill()));
  }

  #print(options) {
    return JSON.stringify({ ...options, transport: this.#transport });
  }

  async #start(...args) {
    const child = await start(...args);
    this.#children.push(child);
    return child;
  }
}
