import type { AttemptState } from '../call/attempt-state';
import { breakerEvent } from '../events/channels';
import type { BreakerEvent, BreakerState } from '../events/messages';
import { publishBreaker } from '../events/publish';
import { NO_PERMIT } from '../resilience/circuit';
import type { CircuitBreakerSettings } from '../resilience/circuit-options';
import type { Checkpoint, RequestConfig } from './checkpoint';
import type { Ending } from './ending';
import { printWait, refusal } from './refusal';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** `false` sends the request even if the circuit is open. */
    circuitBreaker?: false | undefined;
  }
}

/** Lets nothing through but probes, while the circuit is open. */
export class CircuitCheckpoint implements Checkpoint {
  constructor(private readonly settings: CircuitBreakerSettings) {}

  enter(attempt: AttemptState, config: RequestConfig): undefined {
    if (config.circuitBreaker === false) return;
    const circuit = attempt.origin?.circuitOf(this.settings);
    if (!circuit) return;
    // The time matters only while it is open.
    const now = circuit.isOpen ? performance.now() : 0;
    const before = circuit.reached;
    const permit = circuit.admit(now, config.timeout === 0 ? Infinity : (config.timeout ?? Infinity));
    if (permit === NO_PERMIT) {
      const wait = circuit.retryAfter(now);
      const detail = `too many calls to {origin} failed, and its circuit is open; the next probe is in ${printWait(wait * 1000)}`;
      throw refusal('CIRCUIT_OPEN', attempt, config, detail, wait);
    }
    attempt.circuitPermit = permit;
    if (circuit.reached !== before) publishChange(attempt, before, 'probe-due');
  }

  leave(attempt: AttemptState, ending: Ending): void {
    const { circuitPermit, origin } = attempt;
    if (circuitPermit === undefined) return;
    const circuit = origin?.circuit;
    if (!circuit) return;
    const before = circuit.reached;
    const outcome = this.#isTooSlow(ending) ? 'failure' : ending.outcome;
    circuit.settle(circuitPermit, outcome, ending.elapsed, ending.now, Math.random);
    if (circuit.reached === before) return;
    if (before === 'closed') publishChange(attempt, before, 'failures');
    else publishChange(attempt, before, circuit.isOpen ? 'probe-failed' : 'probes-succeeded');
  }

  /** Where deadlines are shorter than the timeout, a service that hangs never leads to a timeout. */
  #isTooSlow({ error, elapsed }: Ending): boolean {
    return error?.code === 'DEADLINE_EXCEEDED' && elapsed > this.settings.slowAfter * 1000;
  }
}

function publishChange({ origin, call }: AttemptState, from: BreakerState, reason: BreakerEvent['reason']): void {
  if (!origin?.circuit || !breakerEvent.hasSubscribers) return;
  const { client } = call;
  const to = origin.circuit.reached;
  publishBreaker({ origin: origin.key, client: client?.name, clientId: client?.id ?? 0, from, to, reason });
}
