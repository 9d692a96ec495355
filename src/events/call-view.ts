import type { RequestContext } from '../context/inbound-context';
import type { RequestException } from '../errors/exceptions';
import type { Attempt, CallFacts } from '../journal/attempt';
import { addressOf, portOf } from '../util/host';
import { redactURL } from '../util/redact';
import { printAs } from '../util/printable';
import { partsOf } from '../util/url-parts';
import type { AttemptSource } from './attempt-view';
import { nextCallNumber, type ClientIdentity } from './client-identity';
import { InboundView, type ContextView } from './inbound-view';
import { ErrorView } from './outcome-views';

/** What is known of a call while it goes on. */
export interface CallSource extends CallFacts {
  readonly id: string;
  readonly client?: ClientIdentity | undefined;
  readonly context: RequestContext | undefined;
  readonly target:
    | {
        readonly url: Readonly<URL>;
        readonly base: string | undefined;
        readonly allowAbsoluteUrls: boolean | undefined;
      }
    | undefined;
  /** The URL before its parameters were filled in, if it had any. */
  readonly template: string | undefined;
  readonly lastReason: string | undefined;
  readonly failure: RequestException | undefined;
  readonly lastAttempt: AttemptSource | undefined;
}

/** A call that interceptors may send again. */
interface Continued {
  /** What they sent while the caller still waits, the oldest first. */
  readonly continuations: readonly CallSource[];
  /** The journal, with the attempts of these. */
  readonly lines: readonly Attempt[];
}

/**
 * What subscribers see of a call: the same object in all its messages, which changes as the call goes on. It shows no secret, and
 * nothing is computed before it is read.
 */
export class CallView {
  readonly #call: CallSource;
  readonly #record: Continued;
  readonly #number = nextCallNumber();

  constructor(call: CallSource, record: Continued) {
    this.#call = call;
    this.#record = record;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'CallView', describe);
  }

  /** Unique in the process; a call that is observed later has a higher one. */
  get number(): number {
    return this.#number;
  }

  /** The `Idempotency-Key` of a POST, if the caller set none. */
  get id(): string {
    return this.#call.id;
  }

  /** The option `name` of the client. */
  get client(): string | undefined {
    return this.#call.client?.name;
  }

  /** `client.id` of the client; 0 if it is not known. */
  get clientId(): number {
    return this.#call.client?.id ?? 0;
  }

  /** In upper case. */
  get method(): string {
    return this.#call.method;
  }

  /** Without credentials and the values of secret parameters. */
  get url(): string {
    return redactURL(this.#call.url);
  }

  /** Host name or IP address; absent if the URL is not valid. */
  get address(): string | undefined {
    const { target } = this.#call;
    return target && addressOf(target.url);
  }

  /** Port, also if the URL leaves it out. */
  get port(): number | undefined {
    const { target } = this.#call;
    return target && portOf(target.url);
  }

  /** The path with the names of its parameters, such as `/users/{id}`. Absent if the call has no `pathParams`: it is never guessed. */
  get template(): string | undefined {
    const { template, target } = this.#call;
    return template === undefined ? undefined : templatePath(template, target);
  }

  /** Absent outside of a request context. */
  get context(): ContextView | undefined {
    const { context } = this.#call;
    return context && new InboundView(context);
  }

  /** Seconds that the whole call may take; `Infinity` without a deadline. */
  get limit(): number {
    return this.#call.limit;
  }

  /** Seconds since the call started. */
  get elapsed(): number {
    return this.#call.elapsed;
  }

  /** The journal, oldest attempt first: a copy. */
  get attempts(): readonly Attempt[] {
    return this.#record.lines.map((line) => Object.freeze({ ...line, startedAt: new Date(line.startedAt) }));
  }

  /** Retries made so far; a replay does not count. */
  get retries(): number {
    return this.#record.continuations.reduce((sum, { retries }) => sum + retries, this.#call.retries);
  }

  /** Why the last attempt is, or is not, followed by another: a reason of the journal. Absent until that is decided. */
  get reason(): string | undefined {
    return this.#latest.lastReason;
  }

  /** How the attempts failed, before interceptors changed the outcome. Absent if they succeeded. */
  get failure(): ErrorView | undefined {
    const { failure } = this.#latest;
    return failure && new ErrorView(failure);
  }

  /** Target of the last attempt, also if it was held back: scheme, host and port, and the partition if there is one. */
  get origin(): string | undefined {
    return this.#latest.lastAttempt?.origin?.key;
  }

  /** What was sent last: the call itself, or what an interceptor sent again. */
  get #latest(): CallSource {
    return this.#record.continuations.at(-1) ?? this.#call;
  }
}

function describe(view: CallView): object {
  const { id, client, method, url, template, context, limit, elapsed, attempts, retries, reason } = view;
  return { id, client, method, url, template, context, limit, elapsed, attempts, retries, reason };
}

/** Only the path: neither host nor query, which may hold a secret. */
function templatePath(template: string, target: CallSource['target']): string {
  const { origin, path } = partsOf(template);
  const base = target?.base ?? '';
  // As axios joins them.
  if (base === '' || (origin !== '' && target?.allowAbsoluteUrls !== false)) return rooted(path);
  const basePath = partsOf(base).path;
  if (template === '') return rooted(basePath);
  return `${basePath.replace(/(?<!\/)\/+$/, '')}${rooted((redactURL(origin) + path).replace(/^\/+/, ''))}`;
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
