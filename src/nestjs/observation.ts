import { CODES } from '../errors/codes';
import type { AttemptView } from '../events/attempt-view';
import type { CallView } from '../events/call-view';
import type { OriginState } from '../resilience/origin-state';
import { OriginStates } from '../resilience/origin-states';

/** How the last call of a client ended. */
interface LastCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The status of the response, or the code of the failure. */
  readonly outcome: number | string;
  /** When the upstream failed, if it has not succeeded since: milliseconds since the epoch. */
  readonly failedAt: number | undefined;
}

/** As many as OriginStates keeps, apart from those in use: above that, some are forgotten there. */
const MOST_ORIGINS = 1000;

/** What the calls of a client say about its upstream: how the last one went, and when the last token expires. */
export class Observation {
  #outcome: LastCall | undefined;
  #tokenExpiresAt: number | 'unknown' | undefined;
  /** The origins that were called. */
  readonly #keys = new Set<string>();
  #lastKey: string | undefined;

  /** @param states of the origins, which other clients may share */
  constructor(public states = new OriginStates()) {}

  /** The state of the origins that this client has called. */
  get origins(): readonly OriginState[] {
    return [...this.#keys].flatMap((key) => this.states.find(key) ?? []);
  }

  /** The state of the origin that was called last. */
  get lastOrigin(): OriginState | undefined {
    return this.#lastKey === undefined ? undefined : this.states.find(this.#lastKey);
  }

  /** The last outcome that says anything about the upstream. */
  get outcome(): LastCall | undefined {
    return this.#outcome;
  }

  /** When the last token expires: milliseconds since the epoch, or `unknown`; `undefined` until there is one. */
  get tokenExpiresAt(): number | 'unknown' | undefined {
    return this.#tokenExpiresAt;
  }

  attemptStarted({ origin, tokenExpiresAt }: AttemptView): void {
    this.#noteOrigin(origin);
    this.#tokenExpiresAt = tokenExpiresAt ?? this.#tokenExpiresAt;
  }

  /** Goes by the attempts: what interceptors made of their outcome says nothing about the upstream. */
  callEnded({ origin, attempts, failure }: CallView): void {
    // A call that was not let through has no attempt.
    this.#noteOrigin(origin);
    const awaited = attempts.filter((attempt) => attempt.outcome !== 'lost');
    const last = awaited.at(-1);
    const outcome = failure ? (failure.status ?? failure.code) : last?.outcome;
    if (outcome === undefined) return;
    const isDeadline = outcome === 'DEADLINE_EXCEEDED';
    const real = isDeadline ? awaited.findLast((attempt) => attempt.outcome !== outcome)?.outcome : outcome;
    // `validateStatus` may accept any status.
    if (!failure && last?.decision === 'done') this.#note(outcome, undefined);
    else if (isUpstreamFailure(real)) this.#note(outcome, Date.now());
    else if (typeof outcome === 'number') this.#note(outcome, undefined);
    // The upstream may have been slow, or the inbound deadline short: such a call neither sets nor clears `failedAt`.
    else if (isDeadline && failure?.sent !== 'no') this.#note(outcome, this.#outcome?.failedAt);
  }

  #noteOrigin(key: string | undefined): void {
    if (key === undefined || key === this.#lastKey) return;
    this.#lastKey = key;
    this.#keys.add(key);
    if (this.#keys.size <= MOST_ORIGINS) return;
    for (const one of this.#keys) if (!this.states.find(one)) this.#keys.delete(one);
  }

  #note(outcome: number | string, failedAt: number | undefined): void {
    this.#outcome = { at: Date.now(), outcome, failedAt };
  }
}

/** Classes that count although a retry would not help. */
const BLAMED: ReadonlySet<string> = new Set(['ConnectionError', 'SSLError', 'TokenError']);

/** The codes of an upstream that fails; a token that is not available counts too. */
const FAILURES: ReadonlySet<string> = new Set(
  Object.entries(CODES).flatMap(([code, { type, retryable }]) => (retryable || BLAMED.has(type) ? code : [])),
);

/** Whether an attempt that ended like this shows that the upstream fails. A cancelled or invalid one says nothing about it. */
function isUpstreamFailure(outcome: number | string | undefined): boolean {
  if (typeof outcome === 'number') return outcome >= 500 || outcome === 429;
  return outcome !== undefined && FAILURES.has(outcome);
}
