import type { Attempt } from '../journal/attempt';
import { AttemptView, type AttemptSource } from './attempt-view';
import { CallView, type CallSource } from './call-view';
import type { AttemptStart } from './messages';
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
  #message: AttemptStart | undefined;
  /** Why its next request is not the first of the call. */
  next: { readonly kind: ResendKind; readonly reason: string } | undefined = undefined;

  constructor(
    readonly line: Attempt,
    /** All lines of the call. */
    lines: readonly Attempt[],
    source: AttemptSource | undefined,
  ) {
    const before = lines.indexOf(line);
    this.view = new AttemptView(line, before + 1, source);
    if (line.hedge) this.next = { kind: 'hedge', reason: 'slow' };
    else if (before > 0) this.next = resendAfter(lines.slice(0, before));
  }

  /** The same for its start and its end. */
  messageOf(call: CallView): AttemptStart {
    return (this.#message ??= Object.freeze({ call, attempt: this.view } satisfies AttemptStart));
  }
}

const NONE: readonly CallSource[] = [];

/** What has been published of a call. */
export class CallRecord {
  readonly view: CallView;
  hasStarted = false;
  hasEnded = false;
  /** What interceptors sent again while the caller still waits. */
  continuations: readonly CallSource[] = NONE;
  /** Created with its first entry, because a growing array reserves space for many. */
  #attempts: AttemptRecord[] | undefined;
  #requests = 0;

  constructor(private readonly call: CallSource) {
    this.view = new CallView(call, this);
  }

  /** An interceptor sends the call again. */
  continue(call: CallSource): void {
    this.continuations = [...this.continuations, call];
  }

  static of(call: ObservedCall): CallRecord {
    return (call.record ??= new CallRecord(call));
  }

  attempt(line: Attempt, source?: AttemptSource): AttemptRecord {
    const known = this.#attempts?.find((one) => one.line === line);
    if (known) return known;
    const added = new AttemptRecord(line, this.lines, source);
    if (this.#attempts) this.#attempts.push(added);
    else this.#attempts = [added];
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
    const { attempts } = this.call;
    if (this.continuations.length === 0) return attempts;
    return [attempts, ...this.continuations.map((one) => one.attempts)].flat();
  }
}

function resendAfter(lines: readonly Attempt[]): AttemptRecord['next'] {
  // A hedge that is still under way, or was lost, has no decision.
  const { decision, reason = '' } = lines.findLast((line) => line.decision !== undefined) ?? {};
  if (decision === 'retry' || decision === 'replay') return { kind: decision, reason };
  return { kind: 'replay', reason: 'interceptor' };
}
