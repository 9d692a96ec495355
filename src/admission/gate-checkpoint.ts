import type { AttemptState } from '../call/attempt-state';
import { pauseWhile } from '../call/wait-in-call';
import { type Gate, gateTicket, staysTooLong } from '../resilience/gate';
import { findHeader } from '../response/find-header';
import { parseRetryAfter } from '../response/retry-after';
import { forbidsRetry } from '../response/should-retry';
import type { Checkpoint, RequestConfig } from './checkpoint';
import type { Ending } from './ending';
import { credentialsKey, type Identity } from './credentials-key';
import { printWait, refusal } from './refusal';

/** Holds attempts back until the time that the service named in `Retry-After`. */
export class GateCheckpoint implements Checkpoint {
  // The service may have asked for a pause meanwhile.
  readonly isRevisited = true;

  /** @param maxRetryAfter longest wait, in seconds */
  constructor(
    private readonly maxRetryAfter: number,
    private readonly identity: Identity | undefined,
  ) {}

  enter(attempt: AttemptState, config: RequestConfig): Promise<void> | undefined {
    const gate = attempt.origin?.gate;
    return gate === undefined || gate.isOpen ? undefined : this.#queue(gate, attempt, config);
  }

  leave(attempt: AttemptState, ending: Ending): void {
    const { origin } = attempt;
    const { outcome, response, config, now } = ending;
    if (origin === undefined || config === undefined || attempt.isLost || attempt.wasRedirected) return;
    const sentAt = now - ending.elapsed;
    if (outcome === 'success') {
      origin.succeededAt = now;
      origin.gate?.succeeded(now, sentAt, origin.gate.isOpen ? '' : this.#keyOf(config, attempt));
    } else if (response?.status === 429 || response?.status === 503) {
      // Not those of an exception: a caller's `validateStatus` may take a 429 for a success.
      const { status, headers } = response;
      const retryAfter = parseRetryAfter(findHeader(headers, 'retry-after'), Date.now(), findHeader(headers, 'date'));
      if (retryAfter === undefined || retryAfter === 0 || forbidsRetry(headers)) return;
      origin.gateOf().refused(now, { status, retryAfter, sentAt, key: this.#keyOf(config, attempt) });
    }
  }

  async #queue(gate: Gate, attempt: AttemptState, config: RequestConfig): Promise<void> {
    const { call } = attempt;
    const waiting = { config, call, for: 'the end of the pause that the service asked for' };
    const hasWaited = (call.lastError?.retryAfter ?? 0) > 0;
    const longest = Math.min(this.maxRetryAfter * 1000, call.remaining);
    const ticket = gateTicket(performance.now(), this.#keyOf(config, attempt), longest, hasWaited);
    await pauseWhile(waiting, (now) => {
      const wait = gate.ask(now, ticket, Math.random());
      if (wait > 0 && wait < call.remaining && staysTooLong(now, ticket, wait)) {
        throw this.#refusal(attempt, config, wait);
      }
      return wait;
    });
  }

  #refusal(attempt: AttemptState, config: RequestConfig, wait: number): Error {
    const detail = `{origin} asked for a pause; this call would wait ${printWait(wait)}, longer than the ${this.maxRetryAfter} s of \`retry.maxRetryAfter\``;
    return refusal('ORIGIN_CLOSED', attempt, config, detail, wait / 1000);
  }

  #keyOf(config: RequestConfig, attempt: AttemptState): string {
    return credentialsKey(config, attempt, this.identity);
  }
}
