import type { Admission } from '../resilience/circuit';
import type { Slot } from '../resilience/concurrency';
import type { OriginState } from '../resilience/origin-state';
import type { RetryTicket } from '../resilience/retry-ticket';

/** What an attempt has taken from the rules of its origin, which want to know how it ends. */
export class AttemptAdmission {
  /** What is known of the origin that it goes to. */
  origin: OriginState | undefined;
  /** What it has of the limits of its origin: a place among the attempts under way, */
  slot: Slot | undefined;
  /** a number among the requests that are paced, */
  stamp = 0;
  /** a turn under the rate limit, in milliseconds on the monotonic clock, */
  turn: number | undefined;
  /** and what the circuit wants back, which may have admitted it to find out whether the origin is well again. */
  admission: Admission | undefined;
  isProbe = false;
  /** Whether the rules of its origin know how it ended. */
  hasLeft = false;
  /** What it has taken from the retry budget. */
  ticket: RetryTicket | undefined;
}
