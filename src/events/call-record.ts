import type { Attempt } from '../journal/attempt';
import { AttemptView, type AttemptSource } from './attempt-view';
import { CallView, linesOf, type CallSource } from './call-view';
import type { ResendKind } from './request-view';

/** A call as the core publishes it. */
export interface ObservedCall extends CallSource {
  /** Created with its first message. */
  record: CallRecord | undefined;
  /** Requests that it has sent. */
  requests: number;
}

/** What has been published of an attempt. */
export class AttemptRecord {
  readonly view: AttemptView;
  hasEnded = false;
  /** Why its next request is not the first of the call. */
  next: { readonly kind: ResendKind; readonly reason: string } | undefined;

  constructor(
    readonly line: Attempt,
    /** All lines of the call up to this one. */
    lines: readonly Attempt[],
    source: AttemptSource | undefined,
  ) {
    this.view = new AttemptView(line, lines.length, source);
    this.next = line.hedge ? { kind: 'hedge', reason: 'slow' } : resendAfter(lines.slice(0, -1));
  }
}

/** What has been published of a call. */
export class CallRecord {
  readonly view: CallView;
  hasStarted = false;
  hasEnded = false;
  readonly #attempts: AttemptRecord[] = [];

  constructor(private readonly call: CallSource) {
    this.view = new CallView(call);
  }

  static of(call: ObservedCall): CallRecord {
    return (call.record ??= new CallRecord(call));
  }

  attempt(line: Attempt, source?: AttemptSource): AttemptRecord {
    const known = this.#attempts.find((one) => one.line === line);
    if (known) return known;
    const { lines } = this;
    const added = new AttemptRecord(line, lines.slice(0, lines.indexOf(line) + 1), source);
    this.#attempts.push(added);
    return added;
  }

  /** The journal, with the attempts of what interceptors sent again. */
  get lines(): readonly Attempt[] {
    return linesOf(this.call);
  }
}

function resendAfter(lines: readonly Attempt[]): AttemptRecord['next'] {
  if (lines.length === 0) return undefined;
  // A hedge that is still under way, or was lost, has no decision.
  const { decision, reason = '' } = lines.findLast((line) => line.decision !== undefined) ?? {};
  if (decision === 'retry' || decision === 'replay') return { kind: decision, reason };
  return { kind: 'replay', reason: 'interceptor' };
}
