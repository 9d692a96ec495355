import { Inject, Injectable } from '@nestjs/common';
import { checkNumber } from '../checks/values';
import { ClientRegistry } from './client-registry';
import { DEFAULT_CLIENT } from './client-token';
import type { Observation } from './observation';

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
  readonly status: 'up' | 'down';
  /** The status of the last response, or the code of the last failure. Absent until there is one. */
  readonly lastOutcome?: number | string;
  /** When that was, in ISO 8601. */
  readonly lastOutcomeAt?: string;
  /** Whole seconds until the last token expires; `unknown` if it does not say. Absent until there is one. */
  readonly tokenExpiresIn?: number | 'unknown';
}

/**
 * A health indicator for Terminus. It reports how the last call of a client went, and sends no requests. A client is
 * `down` while its last call failed because of the upstream. Use it for readiness, not for liveness: restarting this
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
    checkNumber('staleAfter', staleAfter, 0, Infinity);
    const health = healthOf(this.#registry.observationOf(name), staleAfter * 1000);
    return { [name]: health } as Record<Name, ClientHealth>;
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

function healthOf({ outcome: last, tokenExpiresAt }: Observation, staleAfter: number): ClientHealth {
  const now = Date.now();
  return {
    status: last?.failedAt !== undefined && now - last.failedAt < staleAfter ? 'down' : 'up',
    ...(last && { lastOutcome: last.outcome, lastOutcomeAt: new Date(last.at).toISOString() }),
    ...(tokenExpiresAt !== undefined && { tokenExpiresIn: secondsUntil(tokenExpiresAt, now) }),
  };
}

function secondsUntil(instant: number | 'unknown', now: number): number | 'unknown' {
  return instant === 'unknown' ? instant : Math.max(0, Math.floor((instant - now) / 1000));
}
