/** What a process asks of a schedule that it shares. Times are in milliseconds from now, by the clock of the store. */
export interface SlotRequest {
  /** Identifies the process among those that share the schedule. */
  readonly member: string;
  /** Slots wanted; at least 1. */
  readonly count: number;
  /** Time between two slots. */
  readonly interval: number;
  /** Earliest time of a slot. It is below 0 if unused slots of the past may be used, as a burst. */
  readonly earliest: number;
  /**
   * Earliest time of a slot if no slot after now was leased, and no other member asked in the last 500 ms: because of a quiet time, or
   * because the store was away or has lost its memory.
   */
  readonly start: number;
  /** Latest time of a slot; may be `Infinity`. */
  readonly latest: number;
}

/** Slots that belong to the process that asked. Times are in milliseconds from now, by the clock of the store. */
export interface SlotLease {
  /** Time of each slot, in ascending order. Fewer than wanted if the others would be later than `latest`. */
  readonly slots: readonly number[];
  /** Time of the next free slot. */
  readonly next: number;
  /** Processes that asked recently, including this one. */
  readonly members: number;
}

/**
 * A schedule of requests for each key, with one slot per request, that processes share. Every method may reject or be slow:
 * each process then continues with its share of the rate.
 */
export interface RateLimitStore {
  /** Takes the next free slots. */
  lease(key: string, request: SlotRequest): Promise<SlotLease>;
  /**
   * Makes leased slots free again.
   *
   * @param slots milliseconds from now
   * @param interval milliseconds between two slots
   */
  giveBack(key: string, slots: readonly number[], interval: number): Promise<void>;
}
