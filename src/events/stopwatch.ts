import type { ConnectionFacts, RequestTimings } from './request-view';

/** The steps of a request that a transport can see, in their order. */
export type Step = 'assigned' | 'lookedUp' | 'connected' | 'secured' | 'sent' | 'headers';

/** Notes when the steps of one request happen. There is one only while somebody observes. */
export class Stopwatch {
  readonly #startedAt = performance.now();
  readonly #at = new Map<Step, number>();
  /** Set by the transport. */
  connection: ConnectionFacts | undefined;

  /** Only the first time counts. `assigned`: a connection was taken from the pool, or begins to be opened. */
  note(step: Step): void {
    if (!this.#at.has(step)) this.#at.set(step, performance.now());
  }

  /** Of a request that ends now. */
  timings(): RequestTimings {
    const { assigned, lookedUp, connected, secured, sent, headers } = Object.fromEntries(this.#at) as Partial<
      Record<Step, number>
    >;
    const ready = secured ?? connected ?? assigned;
    return {
      queued: seconds(this.#startedAt, assigned),
      dns: seconds(assigned, lookedUp),
      connect: seconds(lookedUp ?? assigned, connected),
      tls: seconds(connected, secured),
      sent: seconds(ready, sent),
      wait: seconds(sent ?? ready, headers),
      receive: seconds(headers, performance.now()),
    };
  }
}

/** Rounded to microseconds; `undefined` if one of the steps was not seen. */
function seconds(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, Math.round((to - from) * 1000)) / 1_000_000;
}
