import type { AttemptView } from '../events/attempt-view';
import type { RequestEnd } from '../events/messages';
import type { RequestView } from '../events/request-view';
import { RecordedRequest } from './recorded-request';
import type { AttemptReport, ExchangeReport } from './report';

/** Characters that it takes beside its requests. */
const BASE_SIZE = 500;

/** One attempt, with its requests. */
export class RecordedAttempt {
  /** The one that follows it. */
  next: RecordedAttempt | undefined = undefined;
  readonly #at: number;
  #request: RecordedRequest | undefined = undefined;
  #view: AttemptView | undefined;
  #outcome: number | string | undefined = undefined;
  /** In microseconds, as all durations that are kept: V8 keeps integers without an object. */
  #took = 0;
  #decision: AttemptReport['decision'] = undefined;
  #reason: string | undefined = undefined;
  #wait: number | undefined = undefined;
  #hedge = false;

  /** @param at milliseconds after the start of its call */
  constructor(view: AttemptView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  isOf(view: AttemptView): boolean {
    return this.#view === view;
  }

  /** URL of its first request. */
  get url(): string | undefined {
    return this.#request?.url;
  }

  /** @param callAt when its call started */
  request(view: RequestView, callAt: number): RecordedRequest {
    let last: RecordedRequest | undefined;
    for (let one = this.#request; one; one = one.next) {
      if (one.isOf(view)) return one;
      last = one;
    }
    const added = new RecordedRequest(view, Date.now() - callAt);
    if (last) last.next = added;
    else this.#request = added;
    return added;
  }

  requestEnded(message: RequestEnd): void {
    for (let one = this.#request; one; one = one.next) if (one.isOf(message.request)) one.end(message);
  }

  /**
   * The view leads to the call.
   *
   * @returns how many characters it takes
   */
  letGo(): number {
    this.#note();
    this.#view = undefined;
    let size = BASE_SIZE;
    for (let one = this.#request; one; one = one.next) size += one.shed();
    return size;
  }

  /** @param callAt when its call started */
  report(callAt: number): AttemptReport {
    this.#note();
    return {
      at: callAt + this.#at,
      outcome: this.#outcome,
      decision: this.#decision,
      reason: this.#reason,
      wait: this.#wait,
      took: this.#outcome === undefined ? undefined : this.#took / 1e6,
      hedge: this.#hedge ? true : undefined,
      requests: this.#requests().map((one) => one.report(callAt)),
    };
  }

  /** @param callAt when its call started */
  exchanges(callAt: number): ExchangeReport[] {
    return this.#requests().map((one) => one.detail(callAt));
  }

  #requests(): RecordedRequest[] {
    const requests: RecordedRequest[] = [];
    for (let one = this.#request; one; one = one.next) requests.push(one);
    return requests;
  }

  #note(): void {
    const view = this.#view;
    if (!view) return;
    this.#outcome = view.outcome;
    this.#took = Math.round(view.elapsed * 1e6);
    this.#decision = view.decision;
    this.#reason = view.reason;
    this.#wait = view.wait;
    this.#hedge = view.hedge;
  }
}
