import type { TokenRequest } from '../sources/token-source';

/** A call that needs a token: its signal tells when it has ended. */
export type Caller = Pick<TokenRequest, 'signal'>;

/** The calls that wait for something. Each leaves when that is there, or when the call ends. */
export class WaitingCalls {
  readonly #callers = new Set<Caller>();
  #onEmpty: (() => void) | undefined;

  /** @returns `awaited`, for which the call waits */
  add<T>(caller: Caller, awaited: Promise<T>): Promise<T> {
    this.#callers.add(caller);
    if (this.#onEmpty) this.#follow(caller);
    const leave = (): void => {
      this.#leave(caller);
    };
    awaited.then(leave, leave);
    return awaited;
  }

  get isEmpty(): boolean {
    for (const { signal } of this.#callers) if (!signal?.aborted) return false;
    return true;
  }

  /** Calls `onEmpty` once as soon as no call waits, those included that come meanwhile. */
  whenEmpty(onEmpty: () => void): void {
    this.#onEmpty = onEmpty;
    for (const caller of this.#callers) this.#follow(caller);
    this.#tellIfEmpty();
  }

  /** Only for `whenEmpty`: a signal is made when it is read. */
  #follow(caller: Caller): void {
    const { signal } = caller;
    if (signal?.aborted) this.#callers.delete(caller);
    signal?.addEventListener('abort', () => {
      this.#leave(caller);
    });
  }

  #leave(caller: Caller): void {
    this.#callers.delete(caller);
    this.#tellIfEmpty();
  }

  #tellIfEmpty(): void {
    if (this.#callers.size > 0) return;
    const onEmpty = this.#onEmpty;
    this.#onEmpty = undefined;
    onEmpty?.();
  }
}
