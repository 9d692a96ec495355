import { Inject, Injectable } from '@nestjs/common';
import { checkNumber } from '../checks/values';
import { ClientRegistry } from './client-registry';
import { DEFAULT_CLIENT } from './client-token';
import type { Observation } from './observation';

export interface ClientHealthOptions {
  /**
   * Seconds after which a failure no longer counts: a service that is taken out of rotation makes no calls, and would never
   * learn that the other side is back. `Infinity` for until the next success.
   *
   * @default 30
   */
  readonly staleAfter?: number | undefined;
}

/** What is known of a client. */
export interface ClientHealth {
  readonly status: 'up' | 'down';
  /** The status that came, or the code of the failure. Absent while there was none. */
  readonly lastOutcome?: number | string;
  /** ISO 8601. */
  readonly lastOutcomeAt?: string;
  /** Whole seconds until the last token ends; `unknown` where it does not say. Absent while there was none. */
  readonly tokenExpiresIn?: number | 'unknown';
}

/**
 * Says how the calls of a client went, and asks nobody: a health indicator for Terminus. It is `down` while the last call
 * failed because of the other side. Use it for readiness at most: restarting this service does not mend another.
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
   * @param name of the client in `forFeature`
   * @throws Error if there is no such client; TypeError or RangeError if an option is wrong
   */
  check<Name extends string = typeof DEFAULT_CLIENT>(
    name: Name = DEFAULT_CLIENT as Name,
    { staleAfter = 30 }: ClientHealthOptions = {},
  ): Record<Name, ClientHealth> {
    checkNumber('staleAfter', staleAfter, 0, Infinity);
    const health = healthOf(this.#registry.observationOf(name), staleAfter * 1000);
    return { [name]: health } as Record<Name, ClientHealth>;
  }

  /**
   * The same for Terminus 10, which takes what is returned for healthy: `down` is thrown, as its HealthCheckError is.
   *
   * @throws Error if the client is down, or as `check` does
   */
  isHealthy<Name extends string = typeof DEFAULT_CLIENT>(
    name?: Name,
    options?: ClientHealthOptions,
  ): Record<Name, ClientHealth> {
    const causes = this.check(name, options);
    for (const [client, { status }] of Object.entries<ClientHealth>(causes)) {
      if (status === 'down') throw new Down(`The service behind the HTTP client '${client}' is down`, causes);
    }
    return causes;
  }
}

/** What Terminus knows its HealthCheckError by. */
class Down extends Error {
  readonly isHealthCheckError = true;

  constructor(
    message: string,
    readonly causes: unknown,
  ) {
    super(message);
  }
}

function healthOf({ outcome: last, tokenEnd }: Observation, staleAfter: number): ClientHealth {
  const now = Date.now();
  return {
    status: last?.failedAt !== undefined && now - last.failedAt < staleAfter ? 'down' : 'up',
    ...(last && { lastOutcome: last.outcome, lastOutcomeAt: new Date(last.at).toISOString() }),
    ...(tokenEnd !== undefined && { tokenExpiresIn: secondsUntil(tokenEnd, now) }),
  };
}

function secondsUntil(end: number | 'unknown', now: number): number | 'unknown' {
  return end === 'unknown' ? end : Math.max(0, Math.floor((end - now) / 1000));
}
