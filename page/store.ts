import type { CallReport, ClientReport, Frame, ServiceReport } from '../src/inspector/report';

export type Connection = 'connecting' | 'live' | 'lost';

/** What the page knows, as the service sends it. */
export class Store {
  /** By key: the oldest comes first. */
  readonly #calls = new Map<number, CallReport>();
  clients: readonly ClientReport[] = [];
  service: ServiceReport | undefined;
  connection: Connection = 'connecting';
  /** Why the service refuses to be watched. */
  refusal: string | undefined;
  /** Difference of the two clocks, in milliseconds. */
  #offset = 0;
  /** Calls up to this one were cleared. */
  #clearedTo = 0;
  #last = 0;

  /** Now, on the clock of the service. */
  get now(): number {
    return Date.now() + this.#offset;
  }

  /** The latest comes first. */
  get calls(): CallReport[] {
    return [...this.#calls.values()].reverse();
  }

  call(key: number | undefined): CallReport | undefined {
    return key === undefined ? undefined : this.#calls.get(key);
  }

  clear(): void {
    this.#clearedTo = this.#last;
    this.#calls.clear();
  }

  /** @param onChange called for each frame, and when the connection changes */
  follow(onChange: () => void): void {
    const source = new EventSource('events');
    source.onmessage = ({ data }) => {
      this.#take(JSON.parse(String(data)) as Frame);
      onChange();
    };
    source.onerror = () => {
      this.connection = 'lost';
      onChange();
      // The browser connects again by itself, unless the service has refused.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(this.follow.bind(this, onChange), 2000);
      void this.#askWhy().then(onChange);
    };
  }

  /** The event source does not tell. Another start of the service has another key, for example. */
  async #askWhy(): Promise<void> {
    const response = await fetch('calls/0').catch(() => undefined);
    const isRefused = response !== undefined && !response.ok && response.status !== 404;
    this.refusal = isRefused ? await response.text() : undefined;
  }

  #take({ now, service, clients, calls, oldest }: Frame): void {
    this.connection = 'live';
    this.refusal = undefined;
    this.#offset = now - Date.now();
    this.clients = clients;
    if (service) {
      // Another process may have taken its place.
      if (this.service && this.service.pid !== service.pid) this.#clearedTo = 0;
      this.service = service;
      this.#calls.clear();
    }
    for (const call of calls) {
      this.#last = Math.max(this.#last, call.key);
      if (call.key > this.#clearedTo) this.#calls.set(call.key, call);
    }
    for (const key of this.#calls.keys()) {
      if (key >= oldest) break;
      this.#calls.delete(key);
    }
  }
}
