type Follower = (reason: unknown) => void;

const followersOf = new WeakMap<AbortSignal, Followers>();

/**
 * Tells `follower` when the signal fires. There is one listener on a signal for any number of followers: Node warns of a
 * leak from the eleventh on, and takes longer for each one more.
 *
 * @returns stops following
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
 * Who follows a signal. It is linked: of a Set that lives as long as the process, V8 keeps the tables that it has outgrown in
 * its old generation, and with them all calls that were ever in them, until it collects that: it doubled the cost of a call.
 */
class Followers {
  readonly #head = new Link(() => undefined);

  constructor(private readonly signal: AbortSignal) {}

  add(follower: Follower): () => void {
    // Node keeps a signal of `AbortSignal.any` or `timeout` in memory for as long as it has a listener.
    if (this.#isEmpty) this.signal.addEventListener('abort', this.#tell);
    const link = new Link(follower);
    link.join(this.#head);
    return () => {
      link.leave();
      if (this.#isEmpty) this.signal.removeEventListener('abort', this.#tell);
    };
  }

  get #isEmpty(): boolean {
    return this.#head.next === this.#head;
  }

  readonly #tell = (): void => {
    for (let link = this.#head.next; link !== this.#head; link = this.#head.next) {
      link.leave();
      try {
        link.follower(this.signal.reason);
      } catch (thrown) {
        // As an EventTarget has it: what one throws must not keep the others from being told.
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
