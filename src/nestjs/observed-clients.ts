import type { CallView } from '../events/call-view';
import { observe } from '../events/observe';
import type { Observation } from './observation';

/**
 * Gives each observation the messages of its client. All applications of a process have one subscription, which ends with the
 * last client.
 */
class ObservedClients {
  /** By `client.id`. Weak, because not every application is closed: tests create many. */
  readonly #observations = new Map<number, WeakRef<Observation>>();
  readonly #lost = new FinalizationRegistry<number>((id) => {
    this.remove(id);
  });
  #stop: (() => void) | undefined;

  add(id: number, observation: Observation): void {
    this.#observations.set(id, new WeakRef(observation));
    this.#lost.register(observation, id);
    this.#stop ??= observe({
      attemptStart: ({ call, attempt }) => this.#of(call)?.attemptStarted(attempt),
      callEnd: ({ call }) => this.#of(call)?.callEnded(call),
    });
  }

  remove(id: number): void {
    this.#observations.delete(id);
    if (this.#observations.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  has(id: number): boolean {
    return this.#observations.has(id);
  }

  get size(): number {
    return this.#observations.size;
  }

  #of({ clientId }: CallView): Observation | undefined {
    return this.#observations.get(clientId)?.deref();
  }
}

export const observedClients = new ObservedClients();
