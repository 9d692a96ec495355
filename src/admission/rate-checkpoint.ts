import type { AttemptState } from '../call/attempt-state';
import { pauseInCall } from '../call/wait-in-call';
import type { RateLimitSettings } from '../resilience/rate-limit-options';
import { isPromise } from '../util/promises';
import type { Checkpoint, Ending, RequestConfig } from './checkpoint';
import { inSeconds, refusal } from './refusal';

const clock = (): number => performance.now();

/** Lets attempts through at the rate of `rateLimit`. */
export class RateCheckpoint implements Checkpoint {
  constructor(private readonly settings: RateLimitSettings) {}

  enter(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined {
    const now = performance.now();
    const at = attempt.origin?.rateLimitOf(this.settings, clock).reserve(now, now + attempt.call.remaining) ?? now;
    if (isPromise(at)) return at.then((later) => this.#wait(attempt, config, later));
    if (at > now) return this.#wait(attempt, config, at);
    attempt.turn = at;
    return undefined;
  }

  /** A turn that was not used is another's. */
  leave(attempt: AttemptState, { isDispatched, now }: Ending): void {
    if (attempt.turn !== undefined && !isDispatched)
      attempt.origin?.rateLimitOf(this.settings, clock).giveBack(attempt.turn, now);
  }

  async #wait(attempt: AttemptState, config: RequestConfig, at: number): Promise<void> {
    const { call } = attempt;
    const now = performance.now();
    if (at === Infinity) {
      const wait = (attempt.origin?.rateLimitOf(this.settings, clock).nextAt(now) ?? now) - now;
      // Otherwise it is the deadline that is too close, and the pause says so.
      if (wait < call.remaining) {
        const { rate, maxWait } = this.settings;
        const detail = `the limit of ${rate} requests/s leaves no room within ${maxWait} s; the next is in ${inSeconds(wait)}`;
        throw refusal('RATE_LIMITED', attempt, config, detail, wait / 1000);
      }
    } else attempt.turn = at;
    if (at > now) await pauseInCall({ config, call, for: 'its turn under the rate limit' }, at - now);
  }
}
