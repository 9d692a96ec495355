import type { CallView } from '../events/call-view';
import { ClientStats } from './client-stats';

/** Clients whose cards are kept. */
const MOST = 100;

/** What the cards show, by client. */
export class KeptClients {
  readonly #clients = new Map<number, ClientStats>();

  get all(): readonly ClientStats[] {
    return [...this.#clients.values()];
  }

  find(clientId: number): ClientStats | undefined {
    return this.#clients.get(clientId);
  }

  of({ clientId, client: name }: Pick<CallView, 'clientId' | 'client'>): ClientStats {
    return this.find(clientId) ?? this.#add(clientId, name);
  }

  clear(): void {
    this.#clients.clear();
  }

  /** In place of the one that has been quiet for the longest time, where there are too many. */
  #add(clientId: number, name: string | undefined): ClientStats {
    const added = new ClientStats(clientId, name);
    if (this.#clients.size >= MOST) {
      const [quietest] = [...this.all].sort((a, b) => a.usedAt - b.usedAt);
      if (quietest) this.#clients.delete(quietest.clientId);
    }
    this.#clients.set(clientId, added);
    return added;
  }
}
