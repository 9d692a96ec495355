import { EventEmitter } from 'node:events';
import { Agent, buildConnector, MockAgent, MockClient, MockPool, Pool, type Dispatcher } from 'undici';
import { showConnections } from '../events/open-connections';
import { LONGEST_TIMER } from '../util/longest-timer';
import { soon } from '../util/soon';
import type { ConnectionLimits } from './connections';
import { connectionsOfLinks } from './list-connections';
import { brokeEarly, cutOff, type KeptSocket, type WireRequest } from './transport';
import { Link, type Connector, type LinkRules, type LinkedClients } from './undici-link';

/** The connections of a dispatcher. */
export interface Connections {
  readonly dispatcher: Dispatcher;
  /** For a request that needs a new connection, which is closed after it. */
  readonly single?: (() => Dispatcher) | undefined;
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

/** The connections of a dispatcher that belongs to the caller. */
class GivenConnections implements Connections {
  isFirst: boolean | undefined;
  readonly dispatcher: Dispatcher;
  readonly mayBeH2: boolean;

  constructor(given: Dispatcher) {
    const isMockOfOrigin = given instanceof MockPool || given instanceof MockClient;
    // Those of undici 7 know only the older form of handlers, to which an Agent converts ours.
    this.dispatcher = isMockOfOrigin ? new Agent({ factory: () => given }) : given;
    // A mock compares the body, so it gets it as it is. The options of others are not known.
    this.mayBeH2 = !(isMockOfOrigin || given instanceof MockAgent);
    // Other objects with a `dispatch` method emit no events.
    if (given instanceof EventEmitter) given.on('connect', this.#onConnect);
  }

  /** undici starts the request that the connection was opened for within this tick. */
  readonly #onConnect = (): void => {
    this.isFirst = true;
    queueMicrotask(() => {
      this.isFirst = false;
    });
  };
}

/** One listener per dispatcher, however many clients share it. */
const known = new WeakMap<Dispatcher, Connections>();

/** The connections of the caller's dispatcher. */
export function connectionsOf(dispatcher: Dispatcher): Connections {
  const connections = known.get(dispatcher) ?? new GivenConnections(dispatcher);
  known.set(dispatcher, connections);
  return connections;
}

interface OwnOptions extends ConnectionLimits {
  readonly allowH2: boolean;
  readonly LinkedClient: LinkedClients;
}

/** The connections of an Agent created here. The client's clock limits connecting, so undici's limit of 10 s is off. */
export function ownConnections({ allowH2, maxIdle, maxAge, LinkedClient }: OwnOptions): Connections {
  const connector: Connector = buildConnector({ allowH2, timeout: 0 });
  const open = new Set<Link>();
  showConnections(open, connectionsOfLinks);
  const idle = Math.min(maxIdle, LONGEST_TIMER);
  const rules: LinkRules = { connector, maxIdle: idle, maxAge, open };
  const makePool = ({ origin }: URL, options: object): Dispatcher => {
    const factory = (url: URL, others: object): Dispatcher => {
      const link = new Link(origin, rules);
      return new LinkedClient(url, { ...others, connect: link.connect.bind(link) }, link);
    };
    return new Pool(origin, { ...options, factory });
  };
  const makeAgent = (isKept: boolean): Dispatcher =>
    new Agent({
      allowH2,
      keepAliveTimeout: idle,
      // For a server that announces a longer time.
      keepAliveMaxTimeout: idle,
      ...(!isKept && { pipelining: 0 }),
      factory: (origin, options) => makePool(new URL(origin), options),
    }).on('disconnect', (_, targets) => {
      // A listener on each socket would take 0.4 KB with those of undici.
      for (const target of targets) if (target instanceof LinkedClient) target.link.closed();
    });
  const dispatcher = makeAgent(true);
  let single: Dispatcher | undefined;
  return {
    dispatcher,
    mayBeH2: allowH2,
    single: () => (single ??= makeAgent(false)),
    close(onClose) {
      soon(() => {
        onClose();
        // Resolves when the requests have ended; nobody handles a failure.
        for (const one of [dispatcher, single]) one?.close().catch(() => undefined);
      });
    },
    closeIdle(origin) {
      for (const link of open) if (link.origin === origin) link.closeIfIdle();
    },
  };
}

/**
 * Whether a connection failed because the server had closed it while it was idle.
 *
 * @param isFirst whether the request was the first on it
 * @param startedAt when the request started, on the monotonic clock
 */
export function isStale(
  error: Error,
  isFirst: boolean | undefined,
  startedAt: number,
  socket: KeptSocket = {},
): boolean {
  if (!brokeEarly(error, startedAt, socket)) return false;
  return isFirst === undefined ? hasReadBytes(error) : !isFirst;
}

/** Whether the connection carried earlier responses. undici adds `socket` to the error when the server closed. */
function hasReadBytes(error: Error): boolean {
  const { socket } = error as Error & { readonly socket?: { readonly bytesRead?: number } };
  return (socket?.bytesRead ?? 0) > 0;
}

/** undici's reason for a response that the connection cut off, if a `Connection: close` announced that it ends after it. */
const CUT_OFF = '(Invalid EOF state)';

/** undici gives this code to whatever its parser rejects once it has read a Content-Length, even within the head. */
export function explain(error: NodeJS.ErrnoException, hasHead: boolean): Error {
  if (error.name === 'HTTPParserError' && error.message.endsWith(CUT_OFF)) return cutOff();
  if (hasHead || error.code !== 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return error;
  return Object.assign(new Error('the response is not valid HTTP', { cause: error }), { code: 'HPE_INVALID_RESPONSE' });
}

/** undici sets Transfer-Encoding for streams itself, and rejects the header. */
export function withoutFraming(headers: WireRequest['headers']): WireRequest['headers'] {
  const { 'Transfer-Encoding': _, ...others } = headers;
  return others;
}
