type Follower = (reason: unknown) => void;

const followersOf = new WeakMap<AbortSignal, Followers>();

/**
 * Calls `follower` when the signal fires, at once if it has already fired. All followers of a signal share one listener:
 * Node warns of a leak from the eleventh listener on, and each listener makes adding the next one slower.
 *
 * @returns a function that stops following
 */
export function follow(signal: AbortSignal, follower: Follower): () => void {
  if (signal.aborted) {
    follower(signal.reason);
    return () => undefined;
  }
  let followers = followersOf.get(signal);
  if (!followers) followersOf.set(signal, (followers = new Followers(signal)));
  return followers.add(follower);
}

/**
 * The followers of a signal, as a linked list. A Set doubled the cost of a call: when it lives as long as the process, V8
 * keeps its outgrown tables in the old generation, with every call ever stored in them, until the next full collection.
 */
class Followers {
  readonly #head = new Link(() => undefined);

  constructor(private readonly signal: AbortSignal) {}

  add(follower: Follower): () => void {
    // Node keeps a signal of `AbortSignal.any` or `timeout` in memory for as long as it has a listener.
    if (this.#isEmpty) this.signal.addEventListener('abort', this.#notify);
    const link = new Link(follower);
    link.join(this.#head);
    return () => {
      link.leave();
      if (this.#isEmpty) this.signal.removeEventListener('abort', this.#notify);
    };
  }

  get #isEmpty(): boolean {
    return this.#head.next === this.#head;
  }

  readonly #notify = (): void => {
    for (let link = this.#head.next; link !== this.#head; link = this.#head.next) {
      link.leave();
      try {
        link.follower(this.signal.reason);
      } catch (thrown) {
        // As in an EventTarget: an error in one follower must not stop the others from being called.
        process.nextTick(() => {
          throw thrown;
        });
      }
    }
  };
}

class Link {
  next: Link = this;
  #previous: Link = this;

  constructor(readonly follower: Follower) {}

  join(head: Link): void {
    const last = head.#previous;
    this.#previous = last;
    this.next = head;
    last.next = head.#previous = this;
  }

  leave(): void {
    this.next.#previous = this.#previous;
    this.#previous.next = this.next;
    this.next = this.#previous = this;
  }
}
