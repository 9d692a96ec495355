import type { AttemptState } from '../call/attempt-state';
import { pauseWhile } from '../call/wait-in-call';
import { pacingTicket, type Pacing } from '../resilience/pacing';
import { parseRateLimits } from '../response/rate-limit-headers';
import type { Checkpoint, RequestConfig } from './checkpoint';
import type { Ending } from './ending';
import { credentialsKey, type Identity } from './credentials-key';

/** Spreads attempts over the time that the `RateLimit` headers of the service name. */
export class PacingCheckpoint implements Checkpoint {
  constructor(private readonly identity: Identity | undefined) {}

  enter(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined {
    const pacing = attempt.origin?.pacingOf();
    if (!pacing) return undefined;
    if (!pacing.isIdle) return this.#queue(pacing, attempt, config);
    attempt.stamp = pacing.pass();
    return undefined;
  }

  leave(attempt: AttemptState, { response, config, now }: Ending): void {
    if (!response || !config || attempt.wasRedirected) return;
    const limits = parseRateLimits(response.headers);
    if (limits.length === 0) return;
    attempt.origin?.pacingOf().heard(now, credentialsKey(config, attempt, this.identity), attempt.stamp, limits);
  }

  async #queue(pacing: Pacing, attempt: AttemptState, config: RequestConfig): Promise<void> {
    const waiting = { config, call: attempt.call, for: 'its turn under the limits of the service' };
    const ticket = pacingTicket(credentialsKey(config, attempt, this.identity));
    await pauseWhile(waiting, (now) => pacing.ask(now, ticket));
    attempt.stamp = ticket.stamp;
  }
}
