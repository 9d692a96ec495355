import { toSeconds } from '../journal/journal-line';
import type { ConnectionFacts, RequestTimings } from './request-facts';

/** The steps of a request, in their order. */
const STEPS = ['queued', 'dns', 'connect', 'tls', 'sent', 'wait', 'receive'] as const satisfies readonly Step[];

export type Step = keyof RequestTimings;

/** Where each step stands in their order. */
const PLACES: Readonly<Record<Step, number>> = { queued: 0, dns: 1, connect: 2, tls: 3, sent: 4, wait: 5, receive: 6 };

/**
 * Describes the connection of one request, and measures its steps. There is one only while somebody observes. A transport that
 * measures begins `queued` as soon as it gets the request. A step lasts until the next one begins, so all of them together are as
 * long as the request.
 */
export class Stopwatch {
  /** The connection as the transport knows it, without the protocol. */
  peer: Omit<ConnectionFacts, 'protocol'> | undefined = undefined;
  /** Version of HTTP of the response. */
  protocol: string | undefined = undefined;
  /** Describes the connection, where it is not looked at before the request has ended. */
  find: (() => ConnectionFacts) | undefined = undefined;
  /** When each step began; NaN for one that did not. As long as it will ever be: an array that grows reserves space for many. */
  readonly #begun: number[] | undefined;
  /** The last step that has begun. */
  #last = -1;

  /**
   * @param isTiming whether steps are measured, for which a transport has to listen to the request and its socket
   * @param startedAt when the request began, on the monotonic clock
   */
  constructor(
    readonly isTiming = true,
    readonly startedAt = performance.now(),
  ) {
    this.#begun = isTiming ? [NaN, NaN, NaN, NaN, NaN, NaN, NaN] : undefined;
  }

  /**
   * Begins a step, unless it or a later one has begun.
   *
   * @returns when it began, on the monotonic clock
   */
  begin(step: Step, at = performance.now()): number {
    const begun = this.#begun;
    if (!begun) return at;
    const place = PLACES[step];
    if (this.#last < 0 && step !== 'receive') begun[(this.#last = 0)] = this.startedAt;
    if (place <= this.#last) {
      const known = begun[place] ?? NaN;
      return Number.isNaN(known) ? at : known;
    }
    this.#last = place;
    return (begun[place] = at);
  }

  get connection(): ConnectionFacts | undefined {
    if (this.find) return this.find();
    const { peer, protocol } = this;
    return peer && { reused: peer.reused, address: peer.address, port: peer.port, protocol };
  }

  /** Of a request that ends now; `undefined` if its transport does not measure. */
  timings(): RequestTimings | undefined {
    const begun = this.#begun;
    if (!begun || Number.isNaN(begun[0])) return undefined;
    const timings: Partial<Record<Step, number>> = {};
    let step: Step | undefined;
    let from = 0;
    for (let place = 0; place <= this.#last; place++) {
      const at = begun[place] ?? NaN;
      if (Number.isNaN(at)) continue;
      // A step that began at the same instant as the next did not happen.
      if (step && from < at) timings[step] = toSeconds(at - from);
      step = STEPS[place];
      from = at;
    }
    const now = performance.now();
    if (step && from < now) timings[step] = toSeconds(now - from);
    return Object.freeze(timings);
  }
}
