import type { AttemptState } from '../call/attempt-state';
import { waitInCall } from '../call/wait-in-call';
import type { RateLimitSettings } from '../resilience/rate-limit-options';
import type { RequestConfig } from './checkpoint';
import { TURN } from './rate-checkpoint';

/** Takes part in the attempt ring, after everything that may hold an attempt up. */
interface SendAtRate {
  readonly name: string;
  request(config: RequestConfig, attempt: AttemptState): Promise<void> | undefined;
}

/**
 * Keeps attempts that are late for their turns apart: those that waited for one slot or token, or while the process was busy, would
 * be sent at once.
 */
export function sendAtRate(settings: RateLimitSettings): SendAtRate {
  return {
    name: 'send-at-rate',
    request(config, attempt) {
      const { origin, turn, call } = attempt;
      if (!origin || turn === undefined) return undefined;
      // Where a test replaces the timers, the clock may not have reached the turn.
      const now = Math.max(performance.now(), turn);
      const sends = origin.sendsOf(settings);
      if (sends.send(now)) return undefined;
      return waitInCall({ config, call, for: TURN }, (go) => sends.join(go, now), sends.backlog(now));
    },
  };
}
