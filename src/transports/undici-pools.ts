import { AsyncResource } from 'node:async_hooks';
import type { Dispatcher } from 'undici';
import type { LinkedClient, LinkedOptions } from './undici-exchange';

/** A request that waits for a connection. In the context of another call, tracing would count it among the requests of that call. */
class Waiting extends AsyncResource {
  constructor(
    private readonly options: LinkedOptions,
    private readonly handler: Dispatcher.DispatchHandler,
  ) {
    super('HTTPWaiting');
  }

  get isOver(): boolean {
    return this.options.exchange?.isOver === true;
  }

  /** @returns whether the client takes a further request */
  sendOver(client: LinkedClient): boolean {
    return this.runInAsyncScope(() => client.dispatch(this.options, this.handler));
  }
}

interface PoolRules {
  /** The most connections to one origin. */
  readonly limit: number;
  readonly createClient: (origin: URL) => LinkedClient;
}

/**
 * Limits the connections to each origin. undici 7 exceeds its own limit: its Agent opens a second pool beside one whose only
 * connection has ended, and its Pool still uses a client that could not connect, beside the one that replaces it.
 */
export class LimitedPools {
  readonly #pools = new Map<string, LimitedPool>();

  constructor(private readonly rules: PoolRules) {}

  dispatch(options: LinkedOptions, handler: Dispatcher.DispatchHandler): void {
    const origin = String(options.origin);
    const pool =
      this.#pools.get(origin) ?? new LimitedPool(new URL(origin), this.rules, () => this.#pools.delete(origin));
    this.#pools.set(origin, pool);
    pool.dispatch(new Waiting(options, handler));
  }

  /** Closes idle connections; the others are closed when no request needs them. */
  close(): void {
    for (const pool of this.#pools.values()) pool.close();
  }
}

/** The connections to one origin: clients of undici, which have one each. */
class LimitedPool {
  readonly #clients = new Set<LinkedClient>();
  /** Those that take no further request now. */
  readonly #busy = new Set<LinkedClient>();
  readonly #waiting = new Set<Waiting>();
  #isClosing = false;

  /** @param onUnused called when it has neither connections nor requests */
  constructor(
    private readonly origin: URL,
    private readonly rules: PoolRules,
    private readonly onUnused: () => void,
  ) {}

  dispatch(request: Waiting): void {
    this.#waiting.add(request);
    this.#send();
  }

  close(): void {
    this.#isClosing = true;
    this.#send();
  }

  #send(): void {
    for (const request of this.#waiting) {
      const client = request.isOver ? undefined : (this.#free() ?? this.#add());
      if (!client && !request.isOver) return;
      this.#waiting.delete(request);
      if (!client) continue;
      this.#busy.add(client);
      if (request.sendOver(client)) this.#busy.delete(client);
    }
    // Resolves when the requests have ended; nobody handles a failure.
    if (this.#isClosing) for (const client of this.#clients) client.close().catch(() => undefined);
    if (this.#clients.size === 0) this.onUnused();
  }

  #free(): LinkedClient | undefined {
    if (this.#busy.size === this.#clients.size) return undefined;
    for (const client of this.#clients) if (!this.#busy.has(client)) return client;
    return undefined;
  }

  #add(): LinkedClient | undefined {
    if (this.#clients.size >= this.rules.limit) return undefined;
    const client = this.rules.createClient(this.origin);
    this.#clients.add(client);
    client.on('drain', () => {
      if (this.#busy.delete(client)) this.#send();
    });
    // Only then it is known whether undici connects again: undici 7 does so even for a request that was aborted.
    const onEnd = (): void => {
      queueMicrotask(() => {
        if (!client.link.isOpen && client.link.requests === 0) this.#remove(client);
      });
    };
    // Also because one that undici 7 could not connect because of the certificate's name would not send again.
    client.on('connectionError', onEnd).on('disconnect', () => {
      client.link.closed();
      onEnd();
    });
    return client;
  }

  #remove(client: LinkedClient): void {
    if (!this.#clients.delete(client)) return;
    this.#busy.delete(client);
    this.#send();
  }
}
