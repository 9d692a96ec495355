import type { Attempt } from '../journal/attempt';
import { AttemptView, type AttemptSource } from './attempt-view';
import { CallView, linesOf, type CallSource } from './call-view';
import type { ResendKind } from './resend';

/** A call as the core publishes it. */
export interface ObservedCall extends CallSource {
  /** Created with its first message. */
  record: CallRecord | undefined;
}

/** What has been published of an attempt. */
export class AttemptRecord {
  readonly view: AttemptView;
  hasEnded = false;
  /** Why its next request is not the first of the call. */
  next: { readonly kind: ResendKind; readonly reason: string } | undefined;

  constructor(
    readonly line: Attempt,
    /** The lines of the call that come first. */
    before: readonly Attempt[],
    source: AttemptSource | undefined,
  ) {
    this.view = new AttemptView(line, before.length + 1, source);
    this.next = line.hedge ? { kind: 'hedge', reason: 'slow' } : resendAfter(before);
  }
}

/** What has been published of a call. */
export class CallRecord {
  readonly view: CallView;
  hasStarted = false;
  hasEnded = false;
  /** What interceptors sent again while the caller still waits. */
  readonly continuations: CallSource[] = [];
  readonly #attempts: AttemptRecord[] = [];
  #requests = 0;

  constructor(private readonly call: CallSource) {
    this.view = new CallView(call, this.continuations);
  }

  static of(call: ObservedCall): CallRecord {
    return (call.record ??= new CallRecord(call));
  }

  attempt(line: Attempt, source?: AttemptSource): AttemptRecord {
    for (const known of this.#attempts) if (known.line === line) return known;
    const { lines } = this;
    const added = new AttemptRecord(line, lines.slice(0, lines.indexOf(line)), source);
    this.#attempts.push(added);
    return added;
  }

  /** @returns how many requests the call has sent before; each attempt that nobody observed counts as one */
  countRequest({ view }: AttemptRecord): number {
    const before = Math.max(this.#requests, view.number - 1);
    this.#requests = before + 1;
    return before;
  }

  /** The journal, with the attempts of what interceptors sent again. */
  get lines(): readonly Attempt[] {
    return linesOf(this.call, this.continuations);
  }
}

function resendAfter(lines: readonly Attempt[]): AttemptRecord['next'] {
  if (lines.length === 0) return undefined;
  // A hedge that is still under way, or was lost, has no decision.
  const { decision, reason = '' } = lines.findLast((line) => line.decision !== undefined) ?? {};
  if (decision === 'retry' || decision === 'replay') return { kind: decision, reason };
  return { kind: 'replay', reason: 'interceptor' };
}
