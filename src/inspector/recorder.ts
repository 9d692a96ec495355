import type { CallView } from '../events/call-view';
import type { AttemptStart, CallStart, RequestEnd, RequestHeaders, RequestStart } from '../events/messages';
import { nextCallNumber } from '../events/client-identity';
import { observe } from '../events/observe';
import type { ClientStats } from './client-stats';
import { issuerEndOf } from './issuer-end';
import { keep } from './keep';
import { KeptCalls } from './kept-calls';
import { KeptClients } from './kept-clients';
import { RecordedCall, type EndOfCall } from './recorded-call';
import type { CallDetail, CallReport, ClientReport } from './report';

interface RecorderLimits {
  readonly maxCalls: number;
  readonly maxBytes: number;
}

/** The `clientId` of requests to issuers. */
const ISSUERS = 0;
/** Origins whose breaker and budget are kept. */
const MOST_ORIGINS = 1000;

/** Keeps the latest calls of all clients in the process, and what their cards show. */
export class Recorder {
  readonly #limits: RecorderLimits;
  readonly #calls: KeptCalls;
  readonly #clients = new KeptClients();
  readonly #breakers = new Map<string, string>();
  readonly #budgets = new Map<string, number>();
  /** Calls up to this one may have begun before the recording. */
  readonly #before = nextCallNumber();
  /** Calls up to this one are forgotten. */
  #forgotten = 0;
  #version = 0;
  #size = 0;
  readonly #stop: () => void;

  constructor(limits: RecorderLimits) {
    this.#limits = limits;
    this.#calls = new KeptCalls(limits.maxCalls);
    this.#stop = observe({
      callStart: this.#onCallStart.bind(this),
      attemptStart: this.#onAttempt.bind(this),
      requestStart: this.#onRequestStart.bind(this),
      requestHeaders: this.#onRequestHeaders.bind(this),
      requestEnd: this.#onRequestEnd.bind(this),
      attemptEnd: ({ call }) => {
        this.#recordOf(call);
      },
      callEnd: this.#endCall.bind(this),
      breaker: ({ origin, to }) => {
        keep(this.#breakers, origin, to, MOST_ORIGINS);
      },
      budget: ({ origin, left }) => {
        keep(this.#budgets, origin, left, MOST_ORIGINS);
      },
    });
  }

  /** Increases with each change of a call. */
  get version(): number {
    return this.#version;
  }

  /** Key of the oldest call. */
  get oldest(): number {
    return this.#calls.oldest?.key ?? this.#forgotten + 1;
  }

  /** Calls that have changed after that version, oldest first. */
  changesSince(version: number): CallReport[] {
    return [...this.#calls].filter((call) => call.version > version).map((call) => call.report());
  }

  /** The next calls after that one, oldest first. */
  after(key: number, most: number): CallReport[] {
    const found: CallReport[] = [];
    for (const call of this.#calls) {
      if (call.key > key) found.push(call.report());
      if (found.length === most) break;
    }
    return found;
  }

  detailOf(key: number): CallDetail | undefined {
    return this.#calls.get(key)?.detail();
  }

  details(): CallDetail[] {
    return [...this.#calls].map((call) => call.detail());
  }

  clients(): ClientReport[] {
    const now = performance.now();
    return this.#clients.all.map((client) => ({ ...client.report(now), ...this.#statesOf(client) }));
  }

  close(): void {
    this.#stop();
    for (const kept of [this.#calls, this.#clients, this.#breakers, this.#budgets]) kept.clear();
    this.#size = 0;
  }

  #onCallStart({ call }: CallStart): void {
    this.#recordOf(call);
  }

  #onAttempt({ call, attempt }: AttemptStart): void {
    const record = this.#recordOf(call);
    record?.attempt(attempt);
    const client = this.#clients.of(call);
    const { origin } = attempt;
    if (origin !== undefined) client.calls(origin);
    if (!client.mayReadToken()) return;
    const { tokenExpiresAt } = attempt;
    if (typeof tokenExpiresAt === 'number') client.tokenExpiresAt = tokenExpiresAt;
  }

  #onRequestStart({ call, attempt, request }: RequestStart): void {
    this.#recordOf(call)?.request(attempt, request);
    if (call.clientId === ISSUERS) this.#clients.of(call).calls(new URL(request.url).origin);
  }

  #onRequestHeaders({ call, attempt, request, response }: RequestHeaders): void {
    this.#recordOf(call)?.request(attempt, request)?.headers(response);
  }

  /** A streamed response ends after its call. */
  #onRequestEnd(message: RequestEnd): void {
    const record = this.#calls.get(message.call.number);
    if (!record) return;
    record.requestEnded(message);
    record.version = ++this.#version;
    if (message.call.clientId !== ISSUERS) return;
    // When it is decided what follows.
    setImmediate(() => {
      const { decision } = message.attempt;
      if (decision !== 'retry' && decision !== 'replay') this.#endCall(issuerEndOf(message));
    });
  }

  #endCall(message: EndOfCall): void {
    const { call, error } = message;
    const record = this.#recordOf(call);
    if (record) {
      this.#size -= record.size;
      record.end(message);
      this.#size += record.size;
    }
    const client = this.#clients.of(call);
    // The start of any other call was not counted, or is not any more.
    if (record || call.number > this.#before) client.left();
    const how = error ? 'failed' : call.retries > 0 ? 'retried' : 'ok';
    client.ended(how, record ? record.took : call.elapsed, performance.now());
    this.#forget();
  }

  /** The record of a call that has changed; `undefined` if it was forgotten. */
  #recordOf(call: CallView): RecordedCall | undefined {
    const record = this.#calls.get(call.number) ?? this.#begin(call);
    if (record) record.version = ++this.#version;
    return record;
  }

  #begin(call: CallView): RecordedCall | undefined {
    if (call.number <= this.#forgotten) return undefined;
    while (this.#calls.isFullFor(call.number)) this.#forgetOldest();
    // One that began before the recording began earlier than now.
    const record = new RecordedCall(call, call.number <= this.#before ? call.elapsed : 0);
    this.#calls.add(record);
    this.#size += record.size;
    this.#clients.of(call).entered(performance.now());
    this.#forget();
    return record;
  }

  #forget(): void {
    const { maxCalls, maxBytes } = this.#limits;
    // A character takes two bytes at most.
    while (this.#calls.size > maxCalls || this.#size * 2 > maxBytes) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const { oldest } = this.#calls;
    if (!oldest) return;
    this.#calls.forgetOldest();
    this.#size -= oldest.size;
    if (oldest.isOpen && oldest.key <= this.#before) this.#clients.find(oldest.clientId)?.left();
    this.#forgotten = oldest.key;
  }

  #statesOf({ origins }: ClientStats): Pick<ClientReport, 'breaker' | 'budget'> {
    const budgets = [...origins].flatMap((origin) => this.#budgets.get(origin) ?? []);
    const breakers = [...origins].flatMap((origin) => this.#breakers.get(origin) ?? []);
    return {
      breaker: breakers.find((state) => state !== 'closed') ?? breakers[0],
      budget: budgets.length === 0 ? undefined : Math.min(...budgets),
    };
  }
}
