import type { AnnouncedLimit } from '../response/rate-limit-headers';
import { PacingLane, type PacingTicket } from './pacing-lane';

/** Credentials whose limits are remembered. */
const MOST_KEYS = 4;

/**
 * Spreads the requests that a service still takes over the time until its limit is reset, by the `RateLimit` headers of its
 * latest responses. While most of the quota is left nobody waits. A 429 costs a request, and a call a whole
 * `Retry-After`; a wait of some milliseconds before the request costs neither.
 */
export class Pacing {
  private readonly lanes: PacingLane[] = [];
  private sent = 0;

  /** Whether nothing is known about limits. Calls then `pass` instead of asking. */
  get isIdle(): boolean {
    return this.lanes.length === 0;
  }

  /** Counts a call that goes without asking. @returns its stamp */
  pass(): number {
    return ++this.sent;
  }

  /**
   * Milliseconds that a call waits before it asks again, at most 1,000; 0 if it goes now, and is counted. Its stamp is then in
   * the ticket. A call that waits may leave.
   */
  ask(now: number, ticket: PacingTicket): number {
    const lane = this.lanes.find(({ key }) => key === ticket.key);
    if (!lane) {
      ticket.stamp = this.pass();
      return 0;
    }
    const wait = lane.ask(now, ticket);
    if (lane.isForgotten) this.lanes.splice(this.lanes.indexOf(lane), 1);
    return wait;
  }

  /**
   * A response names limits, whatever its status.
   *
   * @param stamp of its request, so that those which were sent later are not taken for ones that the service has counted
   */
  heard(now: number, key: string, stamp: number, limits: readonly AnnouncedLimit[]): void {
    if (limits.length === 0) return;
    let lane = this.lanes.find((one) => one.key === key);
    if (!lane) {
      lane = new PacingLane(key, now, this.sent);
      this.lanes.unshift(lane);
      if (this.lanes.length > MOST_KEYS) this.lanes.sort((a, b) => b.heardAt - a.heardAt).pop();
    }
    lane.heard(now, Math.min(stamp, lane.sent), limits);
  }
}

/** A call that begins to ask. @param key identifies its credentials */
export function pacingTicket(key: string): PacingTicket {
  return { key, place: undefined, stamp: 0 };
}
