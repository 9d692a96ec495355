import { Circuit } from './circuit';
import type { CircuitBreakerSettings } from './circuit-options';
import { Concurrency, type ConcurrencySettings } from './concurrency';
import { HedgeDelay } from './hedge-delay';
import type { HedgingSettings } from './hedging-options';

/** Types of the rules that are kept for each origin. */
export interface OriginRules {
  readonly budget: unknown;
  readonly gate: unknown;
  readonly pacing: unknown;
  readonly rateLimit: unknown;
}

/**
 * What is remembered of one origin. Each rule is made when it is first asked for, with the settings of the client that asks:
 * clients that share origins should have the same.
 */
export class OriginState<Rules extends OriginRules = OriginRules> {
  /** Origin, and partition if there is one. */
  readonly key: string;
  /** Attempts under way or waiting. Counted by `OriginStates`. */
  inUse = 0;
  /** Neighbours among the idle states: idle for longer, and for a shorter time. */
  older: OriginState<Rules> | undefined = undefined;
  newer: OriginState<Rules> | undefined = undefined;

  budget: Rules['budget'] | undefined = undefined;
  gate: Rules['gate'] | undefined = undefined;
  pacing: Rules['pacing'] | undefined = undefined;
  rateLimit: Rules['rateLimit'] | undefined = undefined;
  concurrency: Concurrency | undefined = undefined;
  circuit: Circuit | undefined = undefined;
  hedgeDelay: HedgeDelay | undefined = undefined;

  constructor(key: string) {
    this.key = key;
  }

  concurrencyOf(settings: ConcurrencySettings): Concurrency {
    return (this.concurrency ??= new Concurrency(settings));
  }

  circuitOf(settings: CircuitBreakerSettings): Circuit {
    return (this.circuit ??= new Circuit(settings));
  }

  hedgeDelayOf({ delay }: HedgingSettings): HedgeDelay {
    return (this.hedgeDelay ??= new HedgeDelay(delay));
  }
}
