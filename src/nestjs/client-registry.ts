import { checkOptions } from '../checks/names';
import type { OnApplicationShutdown } from '@nestjs/common';
import { resolve } from '../client/config';
import { HTTPClient } from '../client/http-client';
import type { HTTPClientOptions } from '../client/options';
import { checkClientName, DEFAULT_CLIENT } from './client-token';
import { mergeOptions } from './merge-options';
import { Observation } from './observation';

/** All clients of an application, by name. */
export class ClientRegistry implements OnApplicationShutdown {
  readonly #observations = new Map<string, Observation>();
  readonly #clients: HTTPClient[] = [];

  /** @param shared options of the default client, which the others take over */
  constructor(private readonly shared: HTTPClientOptions) {
    // What a factory of the service's own has returned.
    checkOptions(shared);
    this.#observations.set(DEFAULT_CLIENT, new Observation());
  }

  /** The names that a client may be asked for by. */
  get names(): readonly string[] {
    return [...this.#observations.keys()];
  }

  /** @throws Error if there is a client of that name */
  declare(name: string): void {
    checkClientName(name);
    if (this.#observations.has(name)) {
      const advice = 'import one and the same forFeature(…) wherever the client is injected, or give it another name';
      throw new Error(`There are two HTTP clients of the name '${name}': ${advice}`);
    }
    this.#observations.set(name, new Observation());
  }

  /** @throws TypeError or RangeError that names the wrong option */
  open(name: string, own: HTTPClientOptions = {}): HTTPClient {
    const client = observed(mergeOptions(this.shared, own), this.observationOf(name));
    this.#clients.push(client);
    return client;
  }

  /** @throws Error if there is no client of that name */
  observationOf(name: string): Observation {
    const observation = this.#observations.get(name);
    if (observation) return observation;
    throw new Error(`There is no HTTP client of the name '${name}', but ${this.names.join(', ')}`);
  }

  /** By then the server has answered what it had taken on. */
  onApplicationShutdown(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }
}

function observed(options: HTTPClientOptions, observation: Observation): HTTPClient {
  const { tokenSource } = resolve({ token: options.token });
  return new HTTPClient({
    ...options,
    token: tokenSource ? observation.watch(tokenSource) : null,
    // Not by spreading: what is no list is for the client to complain of.
    plugins: [options.plugins ?? [], observation.plugin].flat(),
  });
}
