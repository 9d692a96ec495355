/** A call that waits at a gate. All times are in milliseconds of the monotonic clock. */
export interface GateTicket {
  /** Identifies the credentials of the call. */
  readonly key: string;
  readonly arrivedAt: number;
  /** Longest time that the call may spend at the gate. */
  readonly longestWait: number;
  /** Position in the queue, as a time of arrival; set when the call first queues, -Infinity for one that does not. */
  place: number | undefined;
}

/** The queue moves twice as fast as calls arrived. */
const SPEED = 2;
/** Share of its time in the queue by which a call may be put back. */
const JITTER = 0.1;
/** A closure that lasts for longer lets one call through in each such period, because the service may be back early. */
const PROBE_PERIOD = 60_000;

/**
 * One period in which calls are held back, and the queue that drains after it. A place in the queue is a time of arrival: a
 * call that leaves needs no clean-up, and a fleet of any size sends at most twice the rate at which its calls arrived.
 */
export class GateClosure {
  /** When it was last closed or prolonged. */
  private closedAt = -Infinity;
  private opensAt = -Infinity;
  /** The place whose turn is at `opensAt`. */
  private head = 0;
  /** The last place taken. */
  private tail = 0;
  /** When the last of those that queue gives up. */
  private lastLeavesAt = -Infinity;
  private probeAt = Infinity;

  constructor(readonly key: string) {}

  /** When the queue has drained, and nobody waits any more. */
  get endsAt(): number {
    return this.opensAt + (this.tail - this.head) / SPEED;
  }

  /** A later time prolongs the closure. An earlier one never shortens it: it may be the response to an earlier request. */
  close(now: number, until: number): void {
    if (until <= this.opensAt) return;
    if (now >= this.endsAt) this.empty(now);
    else this.head += Math.max(0, now - this.opensAt) * SPEED;
    this.opensAt = until;
    this.closedAt = now;
    this.probeAt = now + PROBE_PERIOD;
  }

  /** A success opens it if the request was sent since it was closed. The queue drains as usual. */
  succeeded(now: number, sentAt: number): void {
    if (sentAt >= this.closedAt) this.opensAt = Math.min(this.opensAt, now);
  }

  /** When it is the turn of a place. The first is let through at once. */
  turnOf(place: number): number {
    return this.isAbandoned ? this.opensAt : this.opensAt + Math.max(0, place - this.head) / SPEED;
  }

  /** The place that a call gets now. */
  nextPlace(now: number, random: number): number {
    return this.isAbandoned ? now : now + (now - this.head) * JITTER * random;
  }

  /** Puts a call into the queue; one that came from another closure keeps its place. */
  admit(ticket: GateTicket, place: number): void {
    ticket.place = place;
    if (place === -Infinity) return;
    if (this.isAbandoned) this.empty(place);
    this.tail = Math.max(this.tail, place);
    this.lastLeavesAt = Math.max(this.lastLeavesAt, ticket.arrivedAt + ticket.longestWait);
  }

  /** Whether a call that is refused otherwise may go, to find out whether the service is back. */
  takeProbe(now: number): boolean {
    if (now < this.probeAt) return false;
    this.probeAt = now + PROBE_PERIOD;
    return true;
  }

  /** Whether all that queue, if any do, give up before it opens. */
  private get isAbandoned(): boolean {
    return this.lastLeavesAt < this.opensAt;
  }

  private empty(place: number): void {
    this.head = place;
    this.tail = place;
    this.lastLeavesAt = -Infinity;
  }
}
