import type { AttemptState } from '../call/attempt-state';
import { pauseInCall } from '../call/wait-in-call';
import type { RateLimit } from '../resilience/rate-limit';
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
      const at = sends.reserve(now, now + call.remaining);
      return at > now ? wait(sends, at, now, { config, attempt }) : undefined;
    },
  };
}

interface Late {
  readonly config: RequestConfig;
  readonly attempt: AttemptState;
}

async function wait(sends: RateLimit, at: number, now: number, { config, attempt: { call } }: Late): Promise<void> {
  try {
    await pauseInCall({ config, call, for: TURN }, at - now);
  } catch (error) {
    if (at < Infinity) sends.giveBack(at, performance.now());
    throw error;
  }
}
