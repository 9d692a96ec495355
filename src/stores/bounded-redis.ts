import { once, type EventEmitter } from 'node:events';
import { toError } from '../util/is-error';
import { raceWith } from '../util/race-with';
import type { RedisCommands } from './redis-commands';

/** Milliseconds without commands after a failure, so that not every token costs the timeout. */
const PAUSE = 1000;

type Command<T> = (redis: RedisCommands) => Promise<T>;

/** Redis commands that succeed or fail in bounded time, and fail at once for a while after a failure. */
export class BoundedRedis {
  #pausedUntil = 0;

  /** @param timeout milliseconds that one command may take */
  constructor(
    private readonly redis: RedisCommands,
    private readonly timeout: number,
  ) {}

  /**
   * @param onLate is called if the command succeeds after the timeout
   * @throws Error if Redis fails, is too slow, or failed a moment ago
   */
  async run<T>(command: Command<T>, onLate?: () => void): Promise<T> {
    const now = performance.now();
    if (now < this.#pausedUntil) throw new Error('Redis failed a moment ago and is not tried again yet');
    // After the pause, one command goes first: the others would only wait for the same failure.
    if (this.#pausedUntil > 0) this.#pausedUntil = now + PAUSE;
    try {
      const reply = await this.runNow(command, onLate);
      this.#pausedUntil = 0;
      return reply;
    } catch (error) {
      this.#pausedUntil = performance.now() + PAUSE;
      throw error;
    }
  }

  /**
   * Sends the command even during the pause after a failure.
   *
   * @param onLate is called if the command succeeds after the timeout
   * @throws Error if Redis fails, or is too slow
   */
  async runNow<T>(command: Command<T>, onLate?: () => void): Promise<T> {
    const { timeout } = this;
    const late = new AbortController();
    const reply = this.#send(command, late.signal).catch((thrown: unknown) => {
      throw new Error(`The Redis command failed: ${describe(thrown)}`);
    });
    reply.then(
      () => {
        if (late.signal.aborted) onLate?.();
      },
      () => undefined,
    );
    return raceWith(reply, (_, reject) => {
      const timeOut = (): void => {
        reject(new Error(`Redis did not reply within ${timeout / 1000} s`));
        late.abort();
      };
      // After work that blocked the process, timers run before sockets: the reply may have arrived, but is not read yet.
      const timer = setTimeout(() => setImmediate(timeOut), timeout);
      return () => {
        clearTimeout(timer);
      };
    });
  }

  // Both libraries queue the commands of a disconnected client, and send them all after it reconnects.
  async #send<T>(command: Command<T>, late: AbortSignal): Promise<T> {
    if (!this.redis.isReady()) await ready(this.redis.events);
    late.throwIfAborted();
    return command(this.redis);
  }
}

const waits = new WeakMap<EventEmitter, Promise<unknown>>();

/**
 * Waits for a client that is connecting. All commands share one wait: each listener of its own would be one more, and Node
 * warns of more than ten.
 *
 * @throws Error if the client cannot connect
 */
async function ready(events: EventEmitter): Promise<void> {
  const wait = waits.get(events) ?? once(events, 'ready').finally(() => waits.delete(events));
  waits.set(events, wait);
  await wait;
}

// Only the message is used: an error of `ioredis` contains the failed command, and `AUTH` has a password.
function describe(thrown: unknown): string {
  const error = toError(thrown);
  if (error.message !== '') return error.message;
  // The AggregateError for a host with several addresses has an empty message, but a code.
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
