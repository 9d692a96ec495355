import type { InternalAxiosRequestConfig } from 'axios';
import type { Call } from './call';

type Follower = (reason: unknown) => void;

/** What a caller may end a call with. */
export type Origin = Pick<InternalAxiosRequestConfig, 'cancelToken'> & { readonly signal: AbortSignal | undefined };

const rings = new WeakMap<AbortSignal, Ring>();

/** Of the signals made here: a config that is sent again after its call was over brings the old one. */
const origins = new WeakMap<object, Origin>();

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
  let ring = rings.get(signal);
  if (!ring) rings.set(signal, (ring = new Ring(signal)));
  return ring.add(follower);
}

/**
 * Who follows a signal. It is linked: of a Set that lives as long as the process, V8 keeps the tables that it has outgrown in
 * its old generation, and with them all calls that were ever in them, until it collects that: it doubled the cost of a call.
 */
class Ring {
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

/** What the caller gave. */
export function originOf({ signal, cancelToken }: InternalAxiosRequestConfig): Origin {
  const given = signal as AbortSignal | undefined;
  return (given && origins.get(given)) ?? { signal: given, cancelToken };
}

/** A signal that is the call's own, and lets go of those that it follows when the call is over. */
export class OwnSignal {
  readonly #controller = new AbortController();

  constructor(
    private readonly call: Call,
    origin: Origin,
  ) {
    origins.set(this.signal, origin);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly abort = (reason: unknown): void => {
    this.#controller.abort(reason);
  };

  follow(signal: AbortSignal | undefined): void {
    if (signal) this.releaseAfter(follow(signal, this.abort));
  }

  releaseAfter(release: () => void): void {
    const { call } = this;
    call.onSettled(() => {
      const { stream } = call;
      if (stream && !stream.closed) stream.once('close', release);
      else release();
    });
  }
}
