import { GateClosure, type GateTicket } from './gate-closure';

/** What the gate needs to know about a response that asks for fewer requests. */
export interface Pushback {
  readonly status: number;
  /** Seconds, above 0. */
  readonly retryAfter: number;
  /** When its request was sent. */
  readonly sentAt: number;
  /** Identifies the credentials of the request. */
  readonly key: string;
}

/** 503s in a row that close the gate. */
const ENOUGH = 3;
/** As many where calls succeed: one bad replica of five, picked at random, is hit eight times in a row every 500,000 calls. */
const ENOUGH_OF_HEALTHY = 8;
/** Milliseconds after a success in which the service is taken for healthy. */
const HEALTHY = 2_000;
/** The shortest time for a row, in milliseconds: of calls that begin together, those that are refused end first. */
const SHORTEST_ROW = 50;
/** Credentials whose closures are remembered. */
const MOST_KEYS = 4;

/**
 * Holds back calls to an origin until the time that its `Retry-After` names: after a 429 those with the same credentials, after
 * several 503s without a success in between all of them. Afterwards they go in the order in which they came, at twice the rate.
 * Without it, each call has to be refused before it waits.
 */
export class Gate {
  private readonly byKey: GateClosure[] = [];
  private forAll: GateClosure | undefined;
  private row = 0;
  private rowSince = 0;

  /** @param succeededAt when a call last succeeded before the gate was made */
  constructor(private succeededAt = -Infinity) {}

  /** Whether no call has to ask. */
  get isOpen(): boolean {
    return this.forAll === undefined && this.byKey.length === 0;
  }

  /**
   * Milliseconds that a call waits before it asks again; 0 if it goes now. If it would leave after its `longestWait`
   * (`staysTooLong`), it has no place in the queue, and is to be refused.
   *
   * @param random from 0 up to 1
   */
  ask(now: number, ticket: GateTicket, random: number): number {
    if (this.isOpen) return 0;
    this.forget(now);
    const closure = this.strictest(ticket.key, ticket.place ?? now);
    if (!closure) return 0;
    const place = ticket.place ?? closure.nextPlace(now, random);
    const wait = closure.turnOf(place) - now;
    // No timer is that exact.
    if (wait < 1) return 0;
    if (!staysTooLong(now, ticket, wait)) {
      closure.admit(ticket, place);
      return wait;
    }
    return closure.takeProbe(now) ? 0 : wait;
  }

  /**
   * A response shows that the service works: any but a 429 and those of 500 and above.
   *
   * @param key as in the ticket; not needed while the gate is open
   */
  succeeded(now: number, sentAt: number, key: string): void {
    this.row = 0;
    this.succeededAt = now;
    if (this.isOpen) return;
    this.forAll?.succeeded(now, sentAt);
    this.byKey.find((closure) => closure.key === key)?.succeeded(now, sentAt);
  }

  /** Only for responses of the service: were the refusals of this gate to close it, it would never open. */
  refused(now: number, { status, retryAfter, sentAt, key }: Pushback): void {
    const until = now + retryAfter * 1000;
    if (status === 429) this.closureOf(key).close(now, until);
    if (status !== 503 || !this.isRowComplete(now, sentAt)) return;
    this.forAll ??= new GateClosure('');
    this.forAll.close(now, until);
  }

  /** Counts a 503. Requests that were already under way at the first one do not count. */
  private isRowComplete(now: number, sentAt: number): boolean {
    if (this.row === 0) this.rowSince = now;
    else if (sentAt < this.rowSince) return false;
    this.row += 1;
    const isHealthy = now - this.succeededAt < HEALTHY;
    return this.row >= (isHealthy ? ENOUGH_OF_HEALTHY : ENOUGH) && now - this.rowSince >= SHORTEST_ROW;
  }

  private strictest(key: string, place: number): GateClosure | undefined {
    const own = this.byKey.find((closure) => closure.key === key);
    if (!own || !this.forAll) return own ?? this.forAll;
    return own.turnOf(place) > this.forAll.turnOf(place) ? own : this.forAll;
  }

  private closureOf(key: string): GateClosure {
    const known = this.byKey.find((closure) => closure.key === key);
    if (known) return known;
    if (this.byKey.length === MOST_KEYS) {
      // What has ended comes first, then what ends next.
      this.byKey.sort((a, b) => a.endsAt - b.endsAt).shift();
    }
    const closure = new GateClosure(key);
    this.byKey.push(closure);
    return closure;
  }

  private forget(now: number): void {
    if (this.forAll && now >= this.forAll.endsAt) this.forAll = undefined;
    for (let index = this.byKey.length - 1; index >= 0; index -= 1) {
      const closure = this.byKey[index];
      if (closure && now >= closure.endsAt) this.byKey.splice(index, 1);
    }
  }
}

/**
 * A call that begins to ask.
 *
 * @param longestWait milliseconds: the lesser of `maxRetryAfter` and the time that is left until the deadline
 * @param hasWaited whether the call has waited for its own `Retry-After`; it then goes as soon as the gate opens
 */
export function gateTicket(now: number, key: string, longestWait: number, hasWaited = false): GateTicket {
  return { key, arrivedAt: now, longestWait, place: hasWaited ? -Infinity : undefined };
}

/** Whether a call that waits for another `wait` milliseconds is longer at the gate than it may be. */
export function staysTooLong(now: number, { arrivedAt, longestWait }: GateTicket, wait: number): boolean {
  return now + wait - arrivedAt > longestWait;
}
