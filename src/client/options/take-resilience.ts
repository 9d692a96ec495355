import { checkFunction, wrongOption } from '../../checks/wrong-option';
import { kindOf } from '../../checks/kind-of';
import { resolveBackpressure } from '../../resilience/backpressure-options';
import { resolveCircuitBreaker } from '../../resilience/circuit-options';
import { resolveConcurrency } from '../../resilience/concurrency-options';
import { resolveHedging } from '../../resilience/hedging-options';
import { OriginStates } from '../../resilience/origin-states';
import { resolveRateLimit } from '../../resilience/rate-limit-options';
import { ownOptions } from '../../util/own-options';
import type { HTTPClientOptions } from './client-options';
import type { ResilienceOptions, ResilienceSettings } from './resilience-options';

/** Options with those of resilience in one place. */
type Split = Omit<HTTPClientOptions, keyof ResilienceOptions> & { readonly resilience: ResilienceSettings };

/**
 * Checks these options, and fills in their defaults. Other options are passed on.
 *
 * @throws TypeError or RangeError that names the option, the expectation and the value
 */
export function takeResilience(options: HTTPClientOptions): Split {
  const {
    backpressure,
    concurrency,
    circuitBreaker,
    hedging,
    rateLimit,
    partition,
    origins = new OriginStates(),
    ...others
  } = options;
  if (partition !== undefined) checkFunction('partition', partition);
  checkOrigins(origins);
  const resilience = {
    backpressure: resolveBackpressure(backpressure),
    concurrency: resolveConcurrency(concurrency),
    circuitBreaker: resolveCircuitBreaker(circuitBreaker),
    hedging: resolveHedging(hedging),
    rateLimit: resolveRateLimit(rateLimit),
    partition,
    origins,
  };
  // Without inherited options again: a copy by `...` has a prototype.
  return ownOptions({ ...others, resilience });
}

function checkOrigins(origins: unknown): void {
  if (origins instanceof OriginStates) return;
  const kind = kindOf(origins);
  const isOfAnotherCopy = kind === kindOf(new OriginStates());
  const advice = isOfAnotherCopy
    ? 'it is from another copy of this package, see `npm ls @hdms/http-client`'
    : undefined;
  throw wrongOption('origins', 'be `new OriginStates()`', kind, advice);
}
