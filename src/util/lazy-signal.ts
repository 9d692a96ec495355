import { Followers, type Follower } from './followers';

/**
 * What an AbortController and its signal are together. The signal is made when somebody reads it: making it and listening to it
 * costs as much as a call, and hardly any inbound request ends early.
 */
export class LazySignal {
  #controller: AbortController | undefined;
  #followers: Followers | undefined;
  #aborted = false;
  #reason: unknown;

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Only the first time counts. */
  abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#followers?.notify(reason);
  }

  /** @returns a function that stops following */
  follow(follower: Follower): () => void {
    const link = (this.#followers ??= new Followers()).add(follower);
    return () => {
      link.leave();
    };
  }
}
