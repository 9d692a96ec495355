import type { AttemptState } from '../call/attempt-state';
import { pauseInCall, waitInCall } from '../call/wait-in-call';
import type { Rate, RateLimiter } from '../resilience/rate-limit';
import type { RateLimitSettings } from '../resilience/rate-limit-options';
import { isPromise } from '../util/promises';
import type { Checkpoint, RequestConfig } from './checkpoint';
import type { Ending } from './ending';
import { printWait, refusal } from './refusal';

/** What an attempt waits for. */
export const TURN = 'its turn under the rate limit';

const clock = (): number => performance.now();

/** Milliseconds that are added to the wait for a turn, because others are late for theirs. */
function latenessOf({ origin }: AttemptState): number {
  return origin?.sends?.lateness ?? 0;
}

/** After its turn, it will wait behind those that are late for theirs. */
function latest(attempt: AttemptState, now: number, { maxWait }: Rate): number {
  const { remaining } = attempt.call;
  const lateness = latenessOf(attempt);
  return now + (lateness > 0 ? Math.min(remaining, maxWait * 1000) - lateness : remaining);
}

/** Lets attempts through at the rate of `rateLimit`. */
export class RateCheckpoint implements Checkpoint {
  constructor(private readonly settings: RateLimitSettings) {}

  enter(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined {
    const now = performance.now();
    const limit = this.#limitOf(attempt);
    const at = limit?.reserve(now, latest(attempt, now, limit.settings)) ?? now;
    if (isPromise(at)) return this.#ask(attempt, config, at);
    if (at > now) return this.#wait(attempt, config, at);
    attempt.turn = at;
    return undefined;
  }

  leave(attempt: AttemptState, { isDispatched, now }: Ending): void {
    if (!isDispatched) this.stepBack(attempt, now);
  }

  /** A turn that was not used is another's. */
  stepBack(attempt: AttemptState, now = performance.now()): void {
    if (attempt.turn !== undefined) this.#limitOf(attempt)?.giveBack(attempt.turn, now);
    attempt.turn = undefined;
  }

  #limitOf({ origin }: AttemptState): RateLimiter | undefined {
    return origin?.rateLimitOf(this.settings, clock);
  }

  /** The store may be slow, and the call end before it replies. */
  async #ask(attempt: AttemptState, config: RequestConfig, reply: Promise<number>): Promise<void> {
    let at = Infinity;
    const replied = reply.then((turn) => {
      at = turn;
      if (turn < Infinity) attempt.turn = turn;
      if (attempt.hasLeft) this.stepBack(attempt);
    });
    await waitInCall({ config, call: attempt.call, for: TURN }, (go) => {
      void replied.then(go);
      return () => undefined;
    });
    await this.#wait(attempt, config, at);
  }

  async #wait(attempt: AttemptState, config: RequestConfig, at: number): Promise<void> {
    const { call } = attempt;
    const now = performance.now();
    if (at === Infinity) {
      const limit = this.#limitOf(attempt);
      const wait = (limit?.nextAt(now) ?? now) - now + latenessOf(attempt);
      // The limit may be that of another client with the same `origins`.
      const { rate, maxWait } = limit?.settings ?? this.settings;
      // Otherwise it is the deadline that is too close, and the pause says so.
      if (wait < call.remaining && maxWait < Infinity) {
        const detail = `\`rateLimit\` lets ${rate} requests/s through to {origin}, and ${maxWait} s is the longest wait; the next turn is in ${printWait(wait)}`;
        throw refusal('RATE_LIMITED', attempt, config, detail, wait / 1000);
      }
    } else attempt.turn = at;
    if (at > now) await pauseInCall({ config, call, for: TURN }, at - now);
  }
}
