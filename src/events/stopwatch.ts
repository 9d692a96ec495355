import type { ConnectionFacts, RequestTimings } from './request-view';

/** The steps of a request, in their order. */
const STEPS = ['queued', 'dns', 'connect', 'tls', 'sent', 'wait', 'receive'] as const satisfies readonly Step[];

export type Step = keyof RequestTimings;

/**
 * Describes the connection of one request, and measures its steps. There is one only while somebody observes. A transport that
 * measures begins `queued` as soon as it gets the request. A step lasts until the next one begins, so all of them together are as
 * long as the request.
 */
export class Stopwatch {
  readonly startedAt = performance.now();
  /** The connection as the transport knows it, without the protocol. */
  peer: Omit<ConnectionFacts, 'protocol'> | undefined;
  /** Version of HTTP of the response. */
  protocol: string | undefined;
  /** Describes the connection, where it is not looked at before the request has ended. */
  find: (() => ConnectionFacts) | undefined;
  readonly #begun: (number | undefined)[] = [];

  /** @param isTiming whether steps are measured, for which a transport has to listen to the request and its socket */
  constructor(readonly isTiming = true) {}

  /**
   * Begins a step, unless it or a later one has begun.
   *
   * @returns when it began, on the monotonic clock
   */
  begin(step: Step, at = performance.now()): number {
    if (!this.isTiming) return at;
    if (this.#begun.length === 0 && step !== 'receive') this.#begun.push(this.startedAt);
    const index = STEPS.indexOf(step);
    if (index < this.#begun.length) return this.#begun[index] ?? at;
    return (this.#begun[index] = at);
  }

  get connection(): ConnectionFacts | undefined {
    if (this.find) return this.find();
    const { peer, protocol } = this;
    return peer && { reused: peer.reused, address: peer.address, port: peer.port, protocol };
  }

  /** Of a request that ends now; `undefined` if its transport does not measure. */
  timings(): RequestTimings | undefined {
    if (this.#begun[0] === undefined) return undefined;
    const timings: Partial<Record<Step, number>> = {};
    const marks = [...this.#begun, performance.now()];
    let step: Step | undefined;
    let from = 0;
    marks.forEach((at, index) => {
      if (at === undefined) return;
      // A step that began at the same instant as the next did not happen.
      if (step && from < at) timings[step] = Math.round((at - from) * 1000) / 1_000_000;
      step = STEPS[index];
      from = at;
    });
    return Object.freeze(timings);
  }
}
