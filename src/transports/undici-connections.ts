import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { STALE_WITHIN } from './transport';

/** What is known of a dispatcher's connections. */
export class Connections {
  /** Whether a request that starts now is the first on its connection; `undefined` where the dispatcher does not tell. */
  isFirst: boolean | undefined;
  /** What began to connect for the request that was dispatched last. */
  connecting: Socket | undefined;

  constructor(readonly dispatcher: Dispatcher) {
    // Others that have the shape of a dispatcher tell nothing.
    if (dispatcher instanceof EventEmitter) dispatcher.on('connect', this.#onConnect);
  }

  /** Before this tick is over, undici starts the request that the connection was made for. */
  readonly #onConnect = (): void => {
    this.isFirst = true;
    queueMicrotask(() => {
      this.isFirst = false;
    });
  };
}

/** One listener for each dispatcher, of however many clients. */
const known = new WeakMap<Dispatcher, Connections>();

/** Those of a dispatcher of the caller's. */
export function connectionsOf(dispatcher: Dispatcher): Connections {
  const connections = known.get(dispatcher) ?? new Connections(dispatcher);
  known.set(dispatcher, connections);
  return connections;
}

/** undici's types leave out that it returns the socket. */
type Connector = (...call: Parameters<buildConnector.connector>) => unknown;

/** Those of an Agent of our own. The clock is ours: by itself, undici would give up connecting after 10 s. */
export function ownConnections(allowH2: boolean): Connections {
  const connector: Connector = buildConnector({ allowH2, timeout: 0 });
  const agent = new Agent({
    allowH2,
    connect: (options, callback) => {
      const socket = connector(options, callback);
      // For HTTP/2, the requests of other calls may wait for the same connection.
      if (!allowH2 && socket instanceof Socket) connections.connecting = socket;
    },
  });
  const connections = new Connections(agent);
  return connections;
}

/**
 * Whether a connection broke because the other side had given it up while it was idle.
 *
 * @param isFirst whether the request was the first on it
 * @param startedAt when the request started, on the monotonic clock
 */
export function isStale(error: Error, isFirst: boolean | undefined, startedAt: number): boolean {
  if (!isBreak(error) || performance.now() - startedAt >= STALE_WITHIN) return false;
  return isFirst === undefined ? hasReadBytes(error) : !isFirst;
}

function isBreak({ code, message }: NodeJS.ErrnoException): boolean {
  if (code === 'ECONNRESET' || code === 'EPIPE') return true;
  // The others of this code are answers that undici does not take.
  return code === 'UND_ERR_SOCKET' && message.endsWith('closed');
}

/** Whether bytes came on the connection, which brought none for this request. undici tells it where the other side closed. */
function hasReadBytes(error: Error): boolean {
  const { socket } = error as Error & { readonly socket?: { readonly bytesRead?: number } };
  return (socket?.bytesRead ?? 0) > 0;
}
