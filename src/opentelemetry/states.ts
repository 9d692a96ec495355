import type { Attributes, BatchObservableResult, Observable } from '@opentelemetry/api';
import type { BreakerEvent, BreakerState, BudgetEvent, TokenEvent } from '../events/messages';
import { openConnections } from '../events/open-connections';
import { addressOf, portOf } from '../util/host';
import * as names from './attribute-names';
import { tokenSource } from './closed-values';
import type { Observables } from './instruments';
import { Latest } from './latest';
import { CONNECTION_STATE, TOKEN_SOURCE } from './metric-attributes';

const STATES: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** What was last heard of tokens, circuits and budgets, and the connections that are open: reported when metrics are collected. */
export class States {
  /** When tokens expire, on the monotonic clock. */
  readonly #tokens = new Latest();
  readonly #breakers = new Latest();
  readonly #budgets = new Latest();
  /** All that were ever open: an SDK repeats what it heard last, so it must hear that none is left. */
  readonly #connections = new Map<string, Attributes>();

  token({ source, expiresIn }: TokenEvent): void {
    if (expiresIn === undefined) return;
    const kind = tokenSource(source);
    this.#tokens.set(kind, performance.now() + expiresIn * 1000, { [TOKEN_SOURCE]: kind });
  }

  breaker({ origin, to, client, clientId }: BreakerEvent): void {
    this.#breakers.set(`${clientId} ${origin}`, STATES[to], attributesOf(origin, client));
  }

  budget({ origin, left, client, clientId }: BudgetEvent): void {
    this.#budgets.set(`${clientId} ${origin}`, left, attributesOf(origin, client));
  }

  report(
    result: BatchObservableResult,
    { tokenExpiresIn, breakerState, budgetLeft, openConnections }: Observables,
  ): void {
    const now = performance.now();
    for (const { value, attributes } of this.#tokens.samples(Math.min)) {
      result.observe(tokenExpiresIn, Math.max(0, (value - now) / 1000), attributes);
    }
    // Of several partitions, or clients without a name, the worst counts.
    for (const { value, attributes } of this.#breakers.samples(Math.max))
      result.observe(breakerState, value, attributes);
    for (const { value, attributes } of this.#budgets.samples(Math.min)) result.observe(budgetLeft, value, attributes);
    this.#reportConnections(result, openConnections);
  }

  #reportConnections(result: BatchObservableResult, observable: Observable): void {
    const counts = new Map<string, number>();
    for (const { address, port, ...counted } of openConnections()) {
      for (const state of ['active', 'idle'] as const) {
        const key = `${address} ${port} ${state}`;
        counts.set(key, (counts.get(key) ?? 0) + counted[state]);
        const attributes = {
          [CONNECTION_STATE]: state,
          [names.SERVER_ADDRESS]: address,
          [names.SERVER_PORT]: port,
        };
        if (this.#connections.size < MOST_SERIES) this.#connections.set(key, attributes);
      }
    }
    for (const [key, attributes] of this.#connections) result.observe(observable, counts.get(key) ?? 0, attributes);
  }
}

const MOST_SERIES = 1000;

/** Without the partition, which may be the name of a customer. */
function attributesOf(origin: string, client: string | undefined): Attributes {
  const [server = ''] = origin.split(' ', 1);
  const ofClient = client === undefined ? {} : { [names.CLIENT_NAME]: client };
  if (!URL.canParse(server)) return ofClient;
  const url = new URL(server);
  return {
    [names.SERVER_ADDRESS]: addressOf(url),
    [names.SERVER_PORT]: portOf(url),
    ...ofClient,
  };
}
