import type { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { backgroundTimer } from '../util/background-timer';
import { addressOf, portOf } from '../util/host';
import { LONGEST_TIMER } from '../util/longest-timer';
import type { ConnectionLimits } from './connections';
import type { KeptSocket } from './transport';

/** A socket of an agent created here. */
export interface PooledSocket extends Duplex, KeptSocket {
  /** When it was created, on the monotonic clock. Only with a `maxAge`. */
  openedAt?: number;
  /** When it must be closed if it is not used, on the monotonic clock. */
  idleUntil?: number;
}

/** The server closes the connection after the time it announces, and a request may be on its way for this long. Milliseconds. */
const MARGIN = 1000;

/**
 * Closes an agent's sockets that are idle for too long, or too old. One timer serves all sockets: a timer for each would be
 * restarted by each request.
 */
export class IdleSockets {
  /** When the first socket must be closed, on the monotonic clock. */
  due = Infinity;
  /** The last `Keep-Alive` header. A server sends the same one each time, so it is parsed once. */
  header: string | undefined;
  /** Milliseconds that a socket may be idle after a response with that header. */
  time: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly agent: Agent,
    private readonly limits: ConnectionLimits,
  ) {
    this.time = limits.maxIdle;
    if (limits.maxAge !== Infinity) this.#limitAge(limits.maxAge);
  }

  /** Reads how long the server keeps an idle connection. */
  read(header: string | undefined): void {
    const seconds = /(?:^|[,;\s])timeout\s*=\s*"?(\d+)/i.exec(header ?? '')?.[1];
    const announced = seconds === undefined ? Infinity : Number(seconds) * 1000 - MARGIN;
    this.header = header;
    this.time = Math.min(this.limits.maxIdle, announced);
  }

  /** Sets the timer for a socket that must be closed before all others. */
  schedule(due: number): void {
    clearTimeout(this.#timer);
    this.due = due;
    const delay = Math.min(Math.max(due - performance.now(), 0), LONGEST_TIMER);
    this.#timer = backgroundTimer(this.closeOverdue.bind(this), delay);
  }

  /** Closes the sockets that have been idle for too long. */
  closeOverdue(): void {
    // Timers may fire a fraction of a millisecond early.
    const now = performance.now() + 1;
    let due = Infinity;
    for (const socket of socketsOf(this.agent)) {
      const { idleUntil = Infinity } = socket;
      if (idleUntil <= now) socket.destroy();
      else if (idleUntil < due) due = idleUntil;
    }
    clearTimeout(this.#timer);
    this.due = Infinity;
    if (due !== Infinity) this.schedule(due);
  }

  /** Closes all, and those that become idle later; if the agent is used again, every call opens a connection. */
  close(): void {
    this.agent.keepSocketAlive = () => false;
    clearTimeout(this.#timer);
    this.due = Infinity;
    for (const socket of socketsOf(this.agent)) socket.destroy();
  }

  #limitAge(maxAge: number): void {
    const { agent } = this;
    const connect = agent.createConnection.bind(agent);
    const opened = (socket: PooledSocket | null | undefined): void => {
      if (socket) socket.openedAt = performance.now();
    };
    agent.createConnection = (options, callback) => {
      // Through a proxy, the socket arrives later.
      const socket: PooledSocket | null | undefined = connect(options, (error, later) => {
        opened(later);
        callback?.(error, later);
      });
      opened(socket);
      return socket;
    };
    // Node's types omit the result: `false` closes the socket.
    const keep: (socket: Duplex) => unknown = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = (socket: PooledSocket): unknown =>
      performance.now() - (socket.openedAt ?? 0) < maxAge && keep(socket);
  }
}

/** Closes an agent's idle sockets to an origin. Works with an agent of the caller too. */
export function closeIdle(
  { freeSockets = {} }: Partial<Pick<Agent, 'freeSockets'>>,
  origin: Pick<URL, 'hostname' | 'port' | 'protocol'>,
): void {
  const start = `${addressOf(origin)}:${portOf(origin)}:`;
  for (const [name, sockets] of Object.entries(freeSockets)) {
    if (name.startsWith(start)) for (const socket of sockets ?? []) socket.destroy();
  }
}

function socketsOf({ freeSockets }: Agent): PooledSocket[] {
  return Object.values(freeSockets).flat() as PooledSocket[];
}
