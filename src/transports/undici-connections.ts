import { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { STALE_WITHIN } from './transport';

/** Tracks a dispatcher's connections. */
export class Connections {
  /** Whether a request that starts now is the first on its connection; `undefined` if the dispatcher does not report it. */
  isFirst: boolean | undefined;
  /** The socket that started to connect for the last dispatched request. */
  connecting: Socket | undefined;

  constructor(readonly dispatcher: Dispatcher) {
    // Other objects with a `dispatch` method emit no events.
    if (dispatcher instanceof EventEmitter) dispatcher.on('connect', this.#onConnect);
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
  const connections = known.get(dispatcher) ?? new Connections(dispatcher);
  known.set(dispatcher, connections);
  return connections;
}

/** undici's connector returns the socket, but its types omit that. */
type Connector = (...call: Parameters<buildConnector.connector>) => unknown;

/**
 * The connections of an Agent created here. The client's clock limits connecting, so undici's limit of 10 s is off.
 *
 * @param keepAlive `false` once the client is closed: a call that sends its request later must not leave a connection open
 */
export function ownConnections(allowH2: boolean, keepAlive: boolean): Connections {
  const connector: Connector = buildConnector({ allowH2, timeout: 0 });
  const agent = new Agent({
    allowH2,
    ...(!keepAlive && { pipelining: 0 }),
    connect: (options, callback) => {
      const socket = connector(options, callback);
      // With HTTP/2, requests of other calls may wait for the same connection.
      if (!allowH2 && socket instanceof Socket) connections.connecting = socket;
    },
  });
  const connections = new Connections(agent);
  return connections;
}

/**
 * Whether a connection failed because the server had closed it while it was idle.
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
  // Other errors with this code are responses that undici rejects.
  return code === 'UND_ERR_SOCKET' && message.endsWith('closed');
}

/** Whether the connection carried earlier responses. undici adds `socket` to the error when the server closed. */
function hasReadBytes(error: Error): boolean {
  const { socket } = error as Error & { readonly socket?: { readonly bytesRead?: number } };
  return (socket?.bytesRead ?? 0) > 0;
}
