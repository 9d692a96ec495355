import type { AttemptView } from '../events/attempt-view';
import type { RequestView } from '../events/request-view';
import { RecordedRequest } from './recorded-request';
import type { AttemptReport } from './report';

/** Characters that it takes beside its requests. */
const BASE_SIZE = 500;

const NONE: readonly RecordedRequest[] = [];

/** One attempt, with its requests. */
export class RecordedAttempt {
  requests = NONE;
  readonly #at = Date.now();
  #view: AttemptView | undefined;
  #outcome: number | string | undefined = undefined;
  /** In microseconds, as all durations that are kept: V8 keeps integers without an object. */
  #took = 0;
  #decision: AttemptReport['decision'] = undefined;
  #reason: string | undefined = undefined;
  #wait: number | undefined = undefined;
  #hedge = false;

  constructor(view: AttemptView) {
    this.#view = view;
  }

  isOf(view: AttemptView): boolean {
    return this.#view === view;
  }

  request(view: RequestView): RecordedRequest {
    for (const one of this.requests) if (one.isOf(view)) return one;
    const added = new RecordedRequest(view);
    this.requests = [...this.requests, added];
    return added;
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
    for (const request of this.requests) size += request.shed();
    return size;
  }

  report(): AttemptReport {
    this.#note();
    return {
      at: this.#at,
      outcome: this.#outcome,
      decision: this.#decision,
      reason: this.#reason,
      wait: this.#wait,
      took: this.#outcome === undefined ? undefined : this.#took / 1e6,
      hedge: this.#hedge ? true : undefined,
      requests: this.requests.map((one) => one.report()),
    };
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
