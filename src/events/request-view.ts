import { checkHeaders } from '../checks/headers';
import { printAs } from '../util/printable';
import { findName, sizeOf } from '../util/header-names';
import { redactHeader, redactHeaders, redactURL } from '../util/redact';
import { addressOf, portOf } from './call-view';
import { sendWithin, type RequestScope } from './request-scope';
import type { Resend, ResendKind } from './resend';

export type { RequestScope } from './request-scope';

/** A request as a transport gets it. */
export interface RequestSource {
  readonly method: string;
  readonly url: Readonly<URL>;
  /** Of this request alone. */
  readonly headers: Record<string, unknown>;
}

/** What a view shows of a request. */
export interface ViewedRequest extends RequestSource {
  /** Whether the transport has it, so that nothing can be changed any more. */
  isSent: boolean;
}

/**
 * Seconds that the steps of a request took, in their order. A step lasts until the next one begins, so that together they are as
 * long as the request. A step that did not happen is absent; a step that cannot be told apart is part of the one before it. If the
 * request fails, its last step is the one that was under way: after a timeout without a response, `wait` is the time spent waiting.
 */
export interface RequestTimings {
  /**
   * Until a connection was taken from the pool, or began to be opened. It includes opening the connection if an agent or
   * dispatcher of the caller hands it over only when it is open.
   */
  readonly queued?: number | undefined;
  /** Host name looked up, of the proxy if there is one. Absent for an IP address. */
  readonly dns?: number | undefined;
  /** TCP connection opened. Includes opening a tunnel through a proxy. */
  readonly connect?: number | undefined;
  /** TLS handshake. Absent for plain HTTP. */
  readonly tls?: number | undefined;
  /** Request written, with its body. If the response arrives earlier, until then. */
  readonly sent?: number | undefined;
  /** From then until status and headers arrive. Absent if they arrive before the body is written. */
  readonly wait?: number | undefined;
  /** From then until the last byte of the body. */
  readonly receive?: number | undefined;
}

/** The connection that carried a request. */
export interface ConnectionFacts {
  /** Whether it had carried others. */
  readonly reused: boolean;
  /** IP address of the other side, of the proxy if there is one; the path of a Unix socket. */
  readonly address?: string | undefined;
  /** Port of the other side. Absent for a Unix socket. */
  readonly port?: number | undefined;
  /** Version of HTTP: `1.0`, `1.1` or `2`. Absent without a response, and for HTTP/1 over an undici dispatcher of the caller. */
  readonly protocol?: string | undefined;
}

/** What subscribers see of one request on the wire: the same object in all its messages. */
export class RequestView {
  readonly #source: ViewedRequest;
  #scope: RequestScope | undefined;
  readonly #transport: string;
  readonly #resend: Resend;
  readonly #startedAt = performance.now();

  constructor(source: ViewedRequest, transport: string, resend: Resend) {
    this.#source = source;
    this.#transport = transport;
    this.#resend = resend;
    Object.freeze(this);
  }

  static {
    printAs(this.prototype, 'RequestView', describe);
  }

  /** In upper case. A redirect may make a GET of a POST. */
  get method(): string {
    return this.#source.method;
  }

  /** Without credentials and the values of secret parameters. */
  get url(): string {
    const { href } = this.#source.url;
    // The others have nothing to redact, and each span asks.
    return /[@?&#]/.test(href) ? redactURL(href) : href;
  }

  /** Host name or IP address. */
  get address(): string {
    return addressOf(this.#source.url);
  }

  /** Port, also if the URL leaves it out. */
  get port(): number {
    return portOf(this.#source.url);
  }

  /** Of the URL: `http` or `https`. */
  get scheme(): string {
    return this.#source.url.protocol.slice(0, -1);
  }

  /** Seconds since it was sent; in `request:end`, those that it took, the body of its response included. */
  get elapsed(): number {
    return Math.round((performance.now() - this.#startedAt) * 1000) / 1_000_000;
  }

  /** What carries it: `http`, `undici`, the name of another transport, `axios` for axios's own adapter, `adapter` for another one. */
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
    return redactHeaders(Object.entries(this.#source.headers));
  }

  /** Characters of the URL and of all headers. */
  get size(): number {
    const { url, headers } = this.#source;
    return url.href.length + sizeOf(headers);
  }

  /** The value of one header, in any case of its name; that of a secret header is replaced. */
  header(name: string): unknown {
    const { headers } = this.#source;
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
      throw new TypeError(`Header \`${name}\` must be a string, got ${typeof value}`);
    }
    const lowerName = name.toLowerCase();
    if (OF_TRANSPORT.test(lowerName)) throw new TypeError(`Header \`${name}\` is set by the transport`);
    const { headers, isSent } = this.#source;
    if (isSent) return;
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
  static dispatch<T>(view: RequestView, send: () => T): T {
    return view.#scope ? sendWithin(view.#scope, send, view.#source) : send();
  }
}

/** They tell where a request ends, whom it is for, and how its connection is used: undici fails a request with most of them. */
const OF_TRANSPORT = /^(?:content-length|transfer-encoding|connection|host|expect|keep-alive|upgrade)$/;
/** Set with each span, so that their check is short. */
const PROPAGATED: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage']);

function describe(view: RequestView): object {
  const { method, url, transport, resendCount, resendKind, resendReason, headers } = view;
  return { method, url, transport, resendCount, resendKind, resendReason, headers };
}
