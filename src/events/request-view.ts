import { kindOfSecret } from '../checks/kind-of';
import { checkHeaders } from '../checks/headers';
import { toSeconds } from '../journal/journal-line';
import { printAs } from '../util/printable';
import { findName, sizeOf } from '../util/header-names';
import { redactHeader, redactHeaders, redactURL } from '../util/redact';
import { addressOf, portOf } from '../util/host';
import { sendWithin, type RequestScope } from './request-scope';
import type { Resend, ResendKind } from './resend';

export type { ConnectionFacts, RequestTimings } from './request-facts';
export type { RequestScope } from './request-scope';

/** A request as a transport gets it. */
export interface RequestSource {
  readonly method: string;
  readonly url: Readonly<URL>;
  /** Of this request alone. */
  readonly headers: Record<string, unknown>;
}

/** What subscribers see of one request on the wire: the same object in all its messages. */
export class RequestView {
  readonly #method: string;
  /** Only its text from the end on, so that a subscriber that keeps the view keeps little. */
  #url: Readonly<URL> | string;
  readonly #headers: Record<string, unknown>;
  #scope: RequestScope | undefined;
  /** Whether the transport has it, so that nothing can be changed any more. */
  #isSent = false;
  readonly #transport: string;
  readonly #resend: Resend;
  readonly #startedAt: number;

  /** @param startedAt on the monotonic clock */
  constructor(
    { method, url, headers }: RequestSource,
    transport: string,
    resend = NO_RESEND,
    startedAt = performance.now(),
  ) {
    this.#method = method;
    this.#url = url;
    this.#headers = headers;
    this.#transport = transport;
    this.#resend = resend;
    this.#startedAt = startedAt;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'RequestView', describe);
  }

  /** In upper case. A redirect may make a GET of a POST. */
  get method(): string {
    return this.#method;
  }

  /** Without credentials and the values of secret parameters. */
  get url(): string {
    const href = this.#href;
    // The others have nothing to redact, and each span asks.
    return /[@?&#]/.test(href) ? redactURL(href) : href;
  }

  /** Host name or IP address. */
  get address(): string {
    return addressOf(this.#parsed);
  }

  /** Port, also if the URL leaves it out. */
  get port(): number {
    return portOf(this.#parsed);
  }

  /** Of the URL: `http` or `https`. */
  get scheme(): string {
    return this.#parsed.protocol.slice(0, -1);
  }

  /** Seconds since it was sent; in `request:end`, those that it took, the body of its response included. */
  get elapsed(): number {
    return toSeconds(performance.now() - this.#startedAt);
  }

  /**
   * What sends it: `http`, `undici`, the name of another transport, `axios` for axios's own adapter, `adapter` for another one.
   */
  get transport(): string {
    return this.#transport;
  }

  /** Requests that the call sent before: 0 for the first one. Retries, replays, redirects and hedges count. */
  get resendCount(): number {
    return this.#resend.count;
  }

  /** Why it is sent again. Absent for the first one. */
  get resendKind(): ResendKind | undefined {
    return this.#resend.kind;
  }

  /** The error code or the status that led to it. */
  get resendReason(): string | undefined {
    return this.#resend.reason;
  }

  /** Names and values; the values of secret headers are replaced. */
  get headers(): Readonly<Record<string, unknown>> {
    return redactHeaders(Object.entries(this.#headers));
  }

  /** Characters of the URL and of all headers. */
  get size(): number {
    return this.#href.length + sizeOf(this.#headers);
  }

  /** The value of one header, in any case of its name; that of a secret header is replaced. */
  header(name: string): unknown {
    const headers = this.#headers;
    const present = findName(headers, name.toLowerCase());
    return present === undefined ? undefined : redactHeader(present, headers[present]);
  }

  /**
   * Sets a header of this request alone; `undefined` removes it. Only subscribers of `request:start` can: later it has no effect.
   *
   * @throws TypeError if the name or the value is not valid, or the header belongs to the transport, such as `Content-Length`
   */
  setHeader(name: string, value: string | undefined): void {
    if (!PROPAGATED.has(name) || typeof value !== 'string' || !/^[\x20-\x7e]*$/.test(value))
      checkHeaders({ [name]: value });
    if (value !== undefined && typeof (value as unknown) !== 'string') {
      throw new TypeError(`Header \`${name}\` must be a string, got ${kindOfSecret(value)}`);
    }
    const lowerName = name.toLowerCase();
    if (OF_TRANSPORT.test(lowerName)) throw new TypeError(`Header \`${name}\` is set by the transport`);
    if (this.#isSent) return;
    const headers = this.#headers;
    const present = findName(headers, lowerName) ?? name;
    if (value === undefined) Reflect.deleteProperty(headers, present);
    else headers[present] = value;
  }

  /**
   * Lets the request be sent in a scope. Only subscribers of `request:start` can. For an AsyncLocalStorage, `bindStore` of the
   * channel does the same; this is for what can only run a function, such as the contexts of OpenTelemetry.
   */
  sendIn(scope: RequestScope): void {
    const inner = this.#scope;
    this.#scope = inner ? { run: (send) => scope.run(() => inner.run(send)) } : scope;
  }

  /** Sends a request in the scopes that subscribers have asked for. */
  static readonly dispatch = <T>(view: RequestView, send: () => T): T => {
    const scope = view.#scope;
    view.#scope = undefined;
    const sendNow = (): T => {
      view.#isSent = true;
      return send();
    };
    return scope ? sendWithin(scope, sendNow, () => view.#isSent) : sendNow();
  };

  /** The request has ended, and its end is published. */
  static end(view: RequestView): void {
    view.#url = view.#href;
  }

  get #href(): string {
    const url = this.#url;
    return typeof url === 'string' ? url : url.href;
  }

  get #parsed(): Readonly<URL> {
    const url = this.#url;
    return typeof url === 'string' ? new URL(url) : url;
  }
}

/** Of the first request of a call. */
const NO_RESEND: Resend = { count: 0, kind: undefined, reason: undefined };

/** They tell where a request ends, whom it is for, and how its connection is used: undici fails a request with most of them. */
const OF_TRANSPORT = /^(?:content-length|transfer-encoding|connection|host|expect|keep-alive|upgrade)$/;
/** Set with each span, so that their check is short. */
const PROPAGATED: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage']);

function describe(view: RequestView): object {
  const { method, url, transport, resendCount, resendKind, resendReason, headers } = view;
  return { method, url, transport, resendCount, resendKind, resendReason, headers };
}
