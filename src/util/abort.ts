import { Followers, type Follower } from './followers';
import { LazySignal } from './lazy-signal';

const followersOf = new WeakMap<AbortSignal, SignalFollowers>();

/**
 * Calls `follower` when the signal fires, at once if it has already fired. All followers of a signal share one listener:
 * Node warns of a leak from the eleventh listener on, and each listener makes adding the next one slower.
 *
 * @returns a function that stops following
 */
export function follow(signal: AbortSignal | LazySignal, follower: Follower): () => void {
  if (signal.aborted) {
    follower(signal.reason);
    return () => undefined;
  }
  if (signal instanceof LazySignal) return signal.follow(follower);
  let followers = followersOf.get(signal);
  if (!followers) followersOf.set(signal, (followers = new SignalFollowers(signal)));
  return followers.add(follower);
}

class SignalFollowers {
  readonly #all = new Followers();

  constructor(private readonly signal: AbortSignal) {}

  add(follower: Follower): () => void {
    // Node keeps a signal of `AbortSignal.any` or `timeout` in memory for as long as it has a listener.
    if (this.#all.isEmpty) this.signal.addEventListener('abort', this.#notify);
    const link = this.#all.add(follower);
    return () => {
      link.leave();
      if (this.#all.isEmpty) this.signal.removeEventListener('abort', this.#notify);
    };
  }

  readonly #notify = (): void => {
    this.#all.notify(this.signal.reason);
  };
}
