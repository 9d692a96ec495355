import type { OnApplicationShutdown } from '@nestjs/common';
import { checkClientOptions } from '../client/options/options-argument';
import { HTTPClient } from '../client/http-client';
import type { HTTPClientOptions } from '../client/options/client-options';
import type { ResilienceOptions } from '../client/options/resilience-options';
import { OriginStates } from '../resilience/origin-states';
import { checkClientName, DEFAULT_CLIENT } from './client-token';
import { located } from '../checks/located';
import { mergeOptions } from './merge-options';
import { refuseExtras } from './module-extras';
import { Observation } from './observation';
import { observedClients } from './observed-clients';
import { ownOptions } from '../util/own-options';

/** The options that decide the state of an origin. */
const RULES = [
  'circuitBreaker',
  'concurrency',
  'hedging',
  'partition',
  'rateLimit',
] as const satisfies readonly (keyof ResilienceOptions)[];

/** All clients of an application, by name. */
export class ClientRegistry implements OnApplicationShutdown {
  readonly #observations = new Map<string, Observation>();
  readonly #clients: HTTPClient[] = [];
  readonly #shared: HTTPClientOptions;
  readonly #origins = new OriginStates();

  /**
   * @param shared options of the default client, which named clients inherit
   * @throws TypeError if `shared` is not an object
   */
  constructor(shared: HTTPClientOptions) {
    this.#shared = located(DEFAULT_CLIENT, () => soundOptions(shared));
    this.#observations.set(DEFAULT_CLIENT, new Observation());
  }

  /** The names of all clients, including the default one. */
  get names(): readonly string[] {
    return [...this.#observations.keys()];
  }

  /** @throws Error if there is already a client with this name; TypeError if the name is not valid */
  declare(name: string): void {
    checkClientName(name);
    if (this.#observations.has(name)) {
      const advice = 'import the same forFeature(…) wherever the client is injected, or rename one of them';
      throw new Error(`There are two HTTP clients named '${name}': ${advice}`);
    }
    this.#observations.set(name, new Observation());
  }

  /**
   * @param own the options of a named client; none for the default client
   * @throws TypeError or RangeError that names client and option; Error if the name has not been declared
   */
  open(name: string, own: HTTPClientOptions): HTTPClient {
    const observation = this.observationOf(name);
    const opened = located(name, () => {
      const options = soundOptions(own);
      checkBaseURL(options);
      const { origins = hasOwnRules(options) ? new OriginStates() : this.#origins, ...merged } = mergeOptions(
        this.#shared,
        options,
      );
      observation.states = origins;
      return new HTTPClient({ ...merged, name: options.name ?? this.#nameOf(name), origins });
    });
    observedClients.add(opened.id, observation);
    this.#clients.push(opened);
    return opened;
  }

  /** Whether a client of this application has that `id`. */
  owns(id: number): boolean {
    return this.#clients.some((client) => client.id === id);
  }

  /** @throws Error if there is no client with this name */
  observationOf(name: string): Observation {
    const observation = this.#observations.get(name);
    if (observation) return observation;
    throw new Error(`There is no HTTP client named '${name}'. Known: ${this.names.join(', ')}`);
  }

  /** What messages call the client that is injected by `name`. The name in `forRoot` is that of the default client only. */
  #nameOf(name: string): string | undefined {
    return name === DEFAULT_CLIENT ? this.#shared.name : name;
  }

  /** Nest calls this after the server has completed the requests that it had accepted. */
  onApplicationShutdown(): void {
    for (const client of this.#clients.splice(0)) {
      client.close();
      observedClients.remove(client.id);
    }
  }
}

/**
 * Whether a client has rules that others do not have. What is kept of an origin follows the rules of one client, so clients
 * with different ones do not share it.
 */
function hasOwnRules({ retry, ...options }: HTTPClientOptions): boolean {
  return retry?.budget !== undefined || RULES.some((name) => options[name] !== undefined);
}

/** What a factory returned, which may be anything. */
function soundOptions(given: HTTPClientOptions | undefined): HTTPClientOptions {
  if (given === undefined) {
    throw new TypeError('Options must be an object, got undefined: the factory must return them, as in () => ({ … })');
  }
  checkClientOptions(given);
  const options = ownOptions(given);
  refuseExtras(options);
  return options;
}

/** Elsewhere `undefined` means the default; here that would be the URL of another service. */
function checkBaseURL(own: HTTPClientOptions): void {
  if (Object.hasOwn(own, 'baseURL') && own.baseURL === undefined) {
    throw new TypeError('Option `baseURL` is undefined: set it, or leave it out to use that of forRoot()');
  }
}
