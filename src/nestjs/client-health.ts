import { Inject, Injectable } from '@nestjs/common';
import { checkDuration } from '../checks/values';
import { ClientRegistry } from './client-registry';
import { DEFAULT_CLIENT } from './client-token';
import type { Observation } from './observation';

/** Options of the health indicator, for `HTTPClientModule`. */
export interface ClientHealthOptions {
  /**
   * Seconds after which a failure no longer counts. A service that is out of rotation makes no calls, so it would never
   * notice that the upstream has recovered. With `Infinity`, a failure counts until the next success.
   *
   * @default 30
   */
  readonly staleAfter?: number | undefined;
}

/** The health of a client. */
export interface ClientHealth {
  /** `down` after a failure that says something about the upstream, until the next success or `staleAfter`. */
  readonly status: 'up' | 'down';
  /** The status of the last response, or the code of the last failure. Absent until there is one. */
  readonly lastOutcome?: number | string;
  /** When that was, in ISO 8601. */
  readonly lastOutcomeAt?: string;
  /** Whole seconds until the last token expires; `unknown` if neither the source nor the token says. Absent until there is one. */
  readonly tokenExpiresIn?: number | 'unknown';
  /** How many of the origins that it calls have a circuit that is not closed. Absent if none. */
  readonly openCircuits?: number;
  /** How many of them have a retry budget that is used up. Absent if none. */
  readonly emptyRetryBudgets?: number;
}

/** The state of one origin that a client has called. */
export interface OriginHealth {
  /** Such as `http://user-service:8000`; with `partition`, its result follows. */
  readonly origin: string;
  /** Absent without a circuit breaker. */
  readonly circuit?: 'closed' | 'open' | 'half-open';
  /** What is left in the retry budget. Absent until there is one. */
  readonly retryTokens?: number;
}

/**
 * A health indicator for Terminus. It reports how the last call of a client went, and sends no requests. A client is
 * `down` while its last call failed because of the upstream, or would fail now because the circuit of that upstream is open;
 * when the next probe is due, it is `up`. Use it for readiness, not for liveness: restarting this
 * service does not repair the upstream.
 */
@Injectable()
export class HTTPClientHealth {
  readonly #registry: ClientRegistry;

  constructor(@Inject(ClientRegistry) registry: ClientRegistry) {
    this.#registry = registry;
  }

  /**
   * The health of a client, as an indicator of Terminus 11 and 12 returns it.
   *
   * @param name of a client of `forFeature`; the default is the client of `forRoot`
   * @throws Error if there is no such client; TypeError or RangeError if an option is wrong
   */
  check<Name extends string = typeof DEFAULT_CLIENT>(
    name: Name = DEFAULT_CLIENT as Name,
    { staleAfter = 30 }: ClientHealthOptions = {},
  ): Record<Name, ClientHealth> {
    checkDuration('staleAfter', staleAfter, 0, Infinity);
    const health = healthOf(this.#registry.observationOf(name), staleAfter * 1000);
    return { [name]: health } as Record<Name, ClientHealth>;
  }

  /**
   * The state of each origin that a client has called, for logs and operators' pages. It is not part of `check`, because health
   * pages are often public, and this names internal services.
   *
   * @param name as in `check`
   * @throws Error if there is no such client
   */
  origins(name: string = DEFAULT_CLIENT): readonly OriginHealth[] {
    const now = performance.now();
    return this.#registry.observationOf(name).origins.map(({ key, circuit, budget }) => ({
      origin: key,
      ...(circuit && { circuit: circuit.state(now) }),
      ...(budget && { retryTokens: Math.floor(budget.tokens(now) * 100) / 100 }),
    }));
  }

  /**
   * The same as `check`, for Terminus 10. That takes every returned result as healthy, so a client that is down throws.
   *
   * @throws Error, in the form of Terminus's HealthCheckError, if the client is down; otherwise as `check`
   */
  isHealthy<Name extends string = typeof DEFAULT_CLIENT>(
    name?: Name,
    options?: ClientHealthOptions,
  ): Record<Name, ClientHealth> {
    const causes = this.check(name, options);
    for (const [client, { status }] of Object.entries<ClientHealth>(causes)) {
      if (status === 'down') throw new ClientDown(`The service behind the HTTP client '${client}' is down`, causes);
    }
    return causes;
  }
}

class ClientDown extends Error {
  /** Terminus recognises its HealthCheckError by this. */
  readonly isHealthCheckError = true;

  constructor(
    message: string,
    readonly causes: unknown,
  ) {
    super(message);
  }
}

function healthOf(observation: Observation, staleAfter: number): ClientHealth {
  const { outcome: last, tokenExpiresAt } = observation;
  const now = Date.now();
  const hasFailed = last?.failedAt !== undefined && now - last.failedAt < staleAfter;
  return {
    status: hasFailed || isHeldBack(observation) ? 'down' : 'up',
    ...(last && { lastOutcome: last.outcome, lastOutcomeAt: new Date(last.at).toISOString() }),
    ...(tokenExpiresAt !== undefined && { tokenExpiresIn: secondsUntil(tokenExpiresAt, now) }),
    ...troublesOf(observation),
  };
}

/** A service that is out of rotation makes no probe either: once one is due, it must get requests again. */
function isHeldBack({ lastOrigin }: Observation): boolean {
  return (lastOrigin?.circuit?.retryAfter(performance.now()) ?? 0) > 0;
}

function troublesOf({ origins }: Observation): Pick<ClientHealth, 'openCircuits' | 'emptyRetryBudgets'> {
  const now = performance.now();
  const openCircuits = origins.filter(({ circuit }) => circuit?.isOpen).length;
  const emptyRetryBudgets = origins.filter(({ budget }) => budget && budget.tokens(now) < 1).length;
  return { ...(openCircuits > 0 && { openCircuits }), ...(emptyRetryBudgets > 0 && { emptyRetryBudgets }) };
}

function secondsUntil(instant: number | 'unknown', now: number): number | 'unknown' {
  return instant === 'unknown' ? instant : Math.max(0, Math.floor((instant - now) / 1000));
}
