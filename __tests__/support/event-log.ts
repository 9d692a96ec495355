import { observe, type AttemptView, type CallView, type RequestView } from '../../src/index';
import type { CallEnd, RequestEnd, RequestHeaders } from '../../src/index';

type Kind = 'callStart' | 'attemptStart' | 'requestStart' | 'requestHeaders' | 'requestEnd' | 'attemptEnd' | 'callEnd';

export type Entry = Readonly<{ kind: Kind; call: CallView; attempt?: AttemptView; request?: RequestView }> &
  Partial<Pick<CallEnd & RequestHeaders & RequestEnd, 'response' | 'error' | 'timings' | 'connection'>>;

const stops = new Set<() => void>();

afterEach(() => {
  for (const stop of stops) stop();
  stops.clear();
});

/** What has been published since it was made. */
export class EventLog {
  readonly entries: Entry[] = [];
  /** Ends the observation; the end of the test does, too. */
  readonly stop: () => void;

  constructor() {
    const write =
      (kind: Kind) =>
      (message: object): void => {
        this.entries.push({ kind, ...message } as Entry);
      };
    this.stop = observe({
      callStart: write('callStart'),
      attemptStart: write('attemptStart'),
      requestStart: write('requestStart'),
      requestHeaders: write('requestHeaders'),
      requestEnd: write('requestEnd'),
      attemptEnd: write('attemptEnd'),
      callEnd: write('callEnd'),
    });
    stops.add(this.stop);
  }

  /** The calls, in the order of their first messages. */
  get calls(): readonly CallView[] {
    return [...new Set(this.entries.map(({ call }) => call))];
  }

  of(call: CallView): readonly Entry[] {
    return this.entries.filter((entry) => entry.call === call);
  }

  /** The only call, after its end, one line for each message. */
  get story(): readonly string[] {
    expect(this.calls).toHaveLength(1);
    this.check();
    return this.entries.map(line);
  }

  /** The same for all calls. */
  get stories(): readonly (readonly string[])[] {
    this.check();
    return this.calls.map((call) => this.of(call).map(line));
  }

  /** The last message of the only call that has ended. */
  get end(): Entry {
    const ends = this.entries.filter(({ kind }) => kind === 'callEnd');
    expect(ends).toHaveLength(1);
    const [end] = ends;
    if (!end) throw new Error('no call has ended');
    return end;
  }

  /** That the messages of each call are in order and complete; streams may be read after their call. */
  check(): void {
    for (const call of this.calls) checkCall(this.of(call));
  }
}

/** One message in a line of text. */
function line({ kind, attempt, request, response, error }: Entry): string {
  const outcome = [response?.status, error?.code].filter((one) => one !== undefined).join(' ');
  const { resendCount, resendKind, resendReason } = request ?? {};
  const parts: Record<Kind, readonly unknown[]> = {
    callStart: ['call'],
    attemptStart: ['attempt', attempt?.number, attempt?.hedge === true ? 'hedge' : undefined],
    requestStart: ['request', resendCount, resendKind, resendReason],
    requestHeaders: ['headers', outcome],
    requestEnd: ['request end', outcome],
    attemptEnd: ['attempt end', attempt?.outcome, attempt?.decision, attempt?.reason],
    callEnd: ['call end', outcome],
  };
  return parts[kind].filter((part) => part !== undefined && part !== '').join(' ');
}

function checkCall(entries: readonly Entry[]): void {
  const kinds = entries.map(({ kind }) => kind);
  const count = (kind: Kind): number => kinds.filter((one) => one === kind).length;
  expect([count('callStart'), count('callEnd')]).toEqual([1, 1]);
  expect(kinds[0]).toBe('callStart');
  // A stream is read when its call has ended, and a request that nobody waits for any more may go on.
  for (const kind of kinds.slice(kinds.indexOf('callEnd') + 1)) expect(kind).toMatch(/^request/);
  checkPairs(entries, 'attemptStart', 'attemptEnd', ({ attempt }) => attempt);
  checkPairs(entries, 'requestStart', 'requestEnd', ({ request }) => request);
  const requests = entries.filter(({ kind }) => kind === 'requestStart').map(({ request }) => request);
  expect(requests.map((request) => request?.resendCount)).toEqual(requests.map((_, index) => index));
  requests.forEach((request, index) => {
    expect(request?.resendKind === undefined).toBe(index === 0);
    expect(request?.resendReason === undefined).toBe(index === 0);
  });
}

/** That each start has one end, later, and each end a start. */
function checkPairs(
  entries: readonly Entry[],
  start: Kind,
  end: Kind,
  subject: (entry: Entry) => object | undefined,
): void {
  const starts = entries.filter(({ kind }) => kind === start).map(subject);
  const ends = entries.filter(({ kind }) => kind === end).map(subject);
  expect(new Set(starts).size).toBe(starts.length);
  expect(new Set(ends)).toEqual(new Set(starts));
  expect(ends).toHaveLength(starts.length);
  for (const one of starts) {
    const places = entries.flatMap((entry, index) => (subject(entry) === one ? [index] : []));
    expect(entries[places[0] ?? -1]?.kind).toBe(start);
    if (start === 'requestStart') expect(entries[places.at(-1) ?? -1]?.kind).toBe(end);
  }
}
