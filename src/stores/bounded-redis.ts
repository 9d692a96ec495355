import { once } from 'node:events';
import { toError } from '../util/is-error';
import { raceWith } from '../util/race-with';
import type { RedisCommands } from './redis-commands';

/** Milliseconds for which Redis is left alone after a failure, so that not every token costs its timeout. */
const PAUSE = 1000;

type Command<T> = (redis: RedisCommands) => Promise<T>;

/** A Redis that answers or fails in bounded time, and at once for a while after it failed. */
export class BoundedRedis {
  #pausedUntil = 0;

  /** @param timeout milliseconds that one command may take */
  constructor(
    private readonly redis: RedisCommands,
    private readonly timeout: number,
  ) {}

  /** @param onLate gets a reply that came when nobody waited for it any more */
  async run<T>(command: Command<T>, onLate?: () => void): Promise<T> {
    const now = performance.now();
    if (now < this.#pausedUntil) throw new Error('Redis failed a moment ago and is not asked again yet');
    // After a rest, one goes first: the others would only wait for the same failure.
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

  /** Asks even a Redis that failed just now. */
  async runNow<T>(command: Command<T>, onLate?: () => void): Promise<T> {
    const { timeout } = this;
    const late = new AbortController();
    const reply = this.#send(command, late.signal).catch((thrown: unknown) => {
      throw new Error(`Redis could not be asked: ${describe(thrown)}`);
    });
    reply.then(
      () => {
        if (late.signal.aborted) onLate?.();
      },
      () => undefined,
    );
    return raceWith(reply, (_, reject) => {
      const timeOut = (): void => {
        reject(new Error(`Redis did not answer within ${timeout / 1000} s`));
        late.abort();
      };
      // After work that held up the process, timers come before the sockets: the reply may be here, and not yet read.
      const timer = setTimeout(() => setImmediate(timeOut), timeout);
      return () => {
        clearTimeout(timer);
      };
    });
  }

  // Both libraries keep the commands of a client without a connection, and send them all when it has one again.
  async #send<T>(command: Command<T>, signal: AbortSignal): Promise<T> {
    if (!this.redis.isReady()) await once(this.redis.events, 'ready', { signal });
    return command(this.redis);
  }
}

// The error itself stays behind: that of `ioredis` holds the command that failed, and `AUTH` has a password.
function describe(thrown: unknown): string {
  const error = toError(thrown);
  if (error.message !== '') return error.message;
  // An AggregateError, of a host with several addresses, says nothing but its code.
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
