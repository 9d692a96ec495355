import { Socket } from 'node:net';
import { errors, type buildConnector, type Dispatcher } from 'undici';
import type { Stopwatch } from '../events/stopwatch';
import { InterimResponses } from './interim-responses';
import type { KeptSocket } from './transport';
import { linkSocket, type CarriedExchange } from './undici-socket';
import { describePeer } from './undici-watch';
import { watchSocket } from './watch-request';

/** undici's connector returns the socket, but its types omit that. */
export type Connector = (...call: Parameters<buildConnector.connector>) => unknown;

/** What the links of one Agent share. */
export interface LinkRules {
  readonly connector: Connector;
  /** Milliseconds after which an idle connection is closed. */
  readonly maxIdle: number;
  /** Milliseconds after which a connection is closed as soon as no request needs it. */
  readonly maxAge: number;
  /** The links that have a connection. */
  readonly open: Set<Link>;
}

/** What sends a request over one of its connections. */
export interface Pools {
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): unknown;
  close(): unknown;
}

/** The connections of a dispatcher. */
export interface Connections {
  readonly dispatcher: Pools;
  /** For a request that needs a new connection, which is closed after it. */
  readonly single?: (() => Pools) | undefined;
  /**
   * Whether a request that starts now is the first on its connection; `undefined` if that is not known, or the request has
   * a link that knows it.
   */
  readonly isFirst?: boolean | undefined;
  /** Whether its connections may speak HTTP/2. */
  readonly mayBeH2: boolean;
  /** Closes the idle connections to an origin. */
  closeIdle?(origin: string): void;
  /**
   * Closes idle connections; the others are closed when their request ends.
   *
   * @param onClose called once calls in progress have sent their requests
   */
  close?(onClose: () => void): void;
}

/** The connection of one of undici's clients, which has one at a time. */
export class Link {
  /** Requests that wait for the connection or for their response. */
  requests = 0;
  /** Responses that were received on the connection. */
  responses = 0;
  interim: InterimResponses | undefined;
  /** Measures the request that waits for the connection, if somebody observes it. */
  watch: Stopwatch | undefined;
  /** The exchange that has the connection, unless several share it over HTTP/2. */
  carried: CarriedExchange | undefined;
  #socket: (Socket & KeptSocket) | undefined;
  #isConnecting = false;
  #openedAt = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly origin: string,
    readonly rules: LinkRules,
  ) {}

  /** Whether it has a connection, or opens one. */
  get isOpen(): boolean {
    return this.rules.open.has(this);
  }

  /** Whether its connection is open: one that is still being opened does not count. */
  get isConnected(): boolean {
    return !this.#isConnecting && this.#socket?.destroyed === false;
  }

  /** Its socket, unless other bytes than those of responses arrive there, as with HTTP/2. */
  get socket(): KeptSocket | undefined {
    return this.interim && this.#socket;
  }

  connect(...[options, callback]: Parameters<buildConnector.connector>): void {
    this.#isConnecting = true;
    const socket = this.rules.connector(options, (...outcome) => {
      this.#isConnecting = false;
      this.#openedAt = performance.now();
      const [error, connected] = outcome;
      if (error) {
        this.watch = undefined;
        this.closed();
      }
      // HTTP/2 has frames instead of heads.
      if (connected && 'alpnProtocol' in connected && connected.alpnProtocol === 'h2') this.interim = undefined;
      callback(...outcome);
    });
    if (socket instanceof Socket) {
      this.#watch(socket);
      if (this.watch) watchSocket(socket, this.watch, { host: options.hostname, isReused: false });
    }
  }

  /**
   * Tells a request that starts which connection carries it.
   *
   * @returns its socket
   */
  carry(watch: Stopwatch): () => Socket | undefined {
    const socket = this.#socket;
    // Requests of HTTP/2 overlap: a connection that was open before this one carried others, even without a response.
    const isShared = !this.interim && this.#openedAt < watch.startedAt;
    if (socket) describePeer(watch, socket, this.responses > 0 || isShared);
    if (this.interim) this.interim.watch = watch;
    this.watch = undefined;
    return () => socket;
  }

  /** Stops connecting for a request that nobody waits for, unless others wait too. */
  abandon(reason: Error): void {
    if (this.#isConnecting && this.requests === 1) this.#socket?.destroy(reason);
  }

  /**
   * Called when a request has ended.
   *
   * @param isAnswered whether the whole response was received
   */
  ended(isAnswered: boolean): void {
    this.requests--;
    this.carried = undefined;
    if (isAnswered) this.responses++;
    if (isAnswered && this.#socket) this.#socket.bytesBefore = this.#socket.bytesRead;
    if (this.requests > 0) return;
    const { maxIdle, maxAge } = this.rules;
    if (isAnswered && maxAge !== Infinity && performance.now() - this.#openedAt >= maxAge) this.closeIfIdle();
    // undici does so for HTTP/1.1 only: https://github.com/nodejs/undici/issues/5381
    else if (!this.interim) this.#closeIn(maxIdle);
  }

  closeIfIdle(): void {
    // An error of this class fails no request. Without an error, undici 7 throws when it closes a session of HTTP/2.
    if (this.requests === 0) this.#socket?.destroy(new errors.InformationalError('the connection is idle'));
  }

  /** Called when the connection is closed, or cannot be opened. */
  closed(): void {
    this.rules.open.delete(this);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = undefined;
  }

  #closeIn(time: number): void {
    this.#idleTimer = this.#idleTimer?.refresh() ?? setTimeout(this.closeIfIdle.bind(this), time).unref();
  }

  #watch(socket: Socket): void {
    this.#socket = socket;
    this.responses = 0;
    this.interim = new InterimResponses();
    linkSocket(socket, this);
    this.rules.open.add(this);
  }
}
