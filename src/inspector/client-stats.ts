import { p95Of } from './p95';
import type { ClientReport } from './report';

/** Seconds that a card looks back. */
export const SECONDS = 60;
/** Calls of which the p95 is taken. */
const DURATIONS = 200;
const MOST_HOSTS = 5;

type Ended = 'ok' | 'retried' | 'failed';
const INDEX = { ok: 0, retried: 1, failed: 2 } as const satisfies Record<Ended, number>;

/** What the card of one client shows: counted here, because at a high rate the calls that are kept span a moment only. */
export class ClientStats {
  /** Calls that have not ended. */
  underWay = 0;
  /** When it last made a call, or one ended: milliseconds on the monotonic clock. */
  usedAt = 0;
  tokenExpiresAt: number | undefined;
  /** When the expiry of the token was last read: it takes decoding a JWT. */
  #readAt = -Infinity;
  /** The origins that it called, with what is known of each, the latest last. */
  readonly origins = new Set<string>();
  #latest: string | undefined;
  readonly #seconds: [number, number, number][] = Array.from({ length: SECONDS }, () => [0, 0, 0]);
  readonly #durations: number[] = [];
  /** Of these durations; `undefined` if it must be computed. */
  #p95: number | undefined;
  #second = 0;
  #next = 0;

  constructor(
    readonly clientId: number,
    readonly name: string | undefined,
  ) {}

  /** A call has begun. */
  entered(now: number): void {
    this.underWay++;
    this.usedAt = now;
  }

  /** A call has ended. Its start may have been forgotten with those of a client that was quiet. */
  left(): void {
    this.underWay = Math.max(0, this.underWay - 1);
  }

  /** @param now milliseconds on the monotonic clock */
  ended(how: Ended, took: number, now: number): void {
    this.#advance(now);
    const second = this.#seconds[this.#second % SECONDS];
    if (second) second[INDEX[how]]++;
    this.#durations[this.#next++ % DURATIONS] = took;
    this.#p95 = undefined;
    this.usedAt = now;
  }

  /** The latest is moved to the end. */
  calls(origin: string): void {
    if (origin === this.#latest) return;
    this.#latest = origin;
    this.origins.delete(origin);
    this.origins.add(origin);
    const [oldest] = this.origins;
    if (this.origins.size > MOST_HOSTS && oldest !== undefined) this.origins.delete(oldest);
  }

  /** Whether the expiry of the token is to be read: once a second is enough for a card. */
  mayReadToken(): boolean {
    if (this.usedAt - this.#readAt < 1000) return false;
    this.#readAt = this.usedAt;
    return true;
  }

  report(now: number): Omit<ClientReport, 'breaker' | 'budget'> {
    this.#advance(now);
    const { clientId, name, underWay, tokenExpiresAt } = this;
    const from = this.#second + 1;
    const seconds = this.#seconds.map((second, index) => this.#seconds[(from + index) % SECONDS] ?? second);
    return {
      clientId,
      name,
      hosts: [...this.origins].reverse(),
      seconds,
      p95: (this.#p95 ??= p95Of(this.#durations)),
      underWay,
      tokenExpiresAt,
    };
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1000);
    for (let one = Math.max(this.#second + 1, second - SECONDS + 1); one <= second; one++) {
      this.#seconds[one % SECONDS] = [0, 0, 0];
    }
    this.#second = Math.max(this.#second, second);
  }
}
