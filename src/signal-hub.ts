type Follower = (reason: unknown) => void;

/**
 * Has one listener on a signal for any number of calls: Node warns of a leak from the eleventh listener on, and takes longer
 * for each one more.
 */
export class SignalHub {
  readonly #followers = new WeakMap<AbortSignal, Set<Follower>>();

  /** @returns stops following */
  follow(signal: AbortSignal, follower: Follower): () => void {
    if (signal.aborted) follower(signal.reason);
    const followers = this.#followers.get(signal) ?? this.#listen(signal);
    followers.add(follower);
    return () => {
      followers.delete(follower);
    };
  }

  #listen(signal: AbortSignal): Set<Follower> {
    const followers = new Set<Follower>();
    this.#followers.set(signal, followers);
    const tell = (): void => {
      for (const follower of followers) follower(signal.reason);
    };
    signal.addEventListener('abort', tell, { once: true });
    return followers;
  }
}
