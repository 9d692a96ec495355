import type { CircuitBreakerSettings } from './circuit-options';
import type { Outcome } from './outcome';
import { SlidingCount } from './sliding-count';

type CircuitState = 'closed' | 'open' | 'half-open';

/** Names the state of the circuit that admitted an attempt, which brings it back to `settle`; `NO_PERMIT` if none did. */
export type CircuitPermit = number;

export const NO_PERMIT: CircuitPermit = -1;

/** Part of the time until the next probe that is added at random, at most. */
const SPREAD = 0.1;

interface Probe {
  readonly permit: CircuitPermit;
  /** When it counts as lost. */
  readonly expiresAt: number;
}

const NO_PROBES: readonly Probe[] = [];

/**
 * Opens when `failureRatio` of the attempts of the last `window` failed: calls then fail at once, instead of waiting for a
 * service that is down and adding to its load. After `openFor` it lets `probes` attempts through, and closes if they succeed.
 * An attempt counts only for the state that admitted it: failures from before say nothing about a service that is back.
 *
 * All times in parameters are milliseconds.
 */
export class Circuit {
  readonly #settings: CircuitBreakerSettings;
  readonly #attempts: SlidingCount;
  /** Made by the first failure: hardly any of a thousand origins fails. */
  #failures: SlidingCount | undefined = undefined;
  /** The latest: that of all attempts of a closed circuit, or of the last probe. */
  #permit: CircuitPermit = 0;
  #isOpen = false;
  #openUntil = 0;
  /** Until the next probe, without the random part. */
  #wait = 0;
  #probes = NO_PROBES;
  #succeeded = 0;
  /** Whether a probe was admitted since it opened. */
  #isProbed = false;

  constructor(settings: CircuitBreakerSettings) {
    this.#settings = settings;
    this.#attempts = new SlidingCount(settings.window * 1000);
  }

  /** Whether it is open or half-open: no attempt gets through for certain. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The state that its last change led to: an open circuit becomes half-open with its first probe. */
  get reached(): CircuitState {
    if (!this.#isOpen) return 'closed';
    return this.#isProbed ? 'half-open' : 'open';
  }

  /** Half-open as soon as a probe may go, also if none has gone yet. */
  state(now: number): CircuitState {
    if (!this.#isOpen) return 'closed';
    return now < this.#openUntil ? 'open' : 'half-open';
  }

  /**
   * Asks for an attempt. If it is admitted, its outcome must be settled, once.
   *
   * @param leaseFor timeout of the attempt; a probe that is not settled until then is lost, and another one may be made
   */
  admit(now: number, leaseFor: number): CircuitPermit {
    return this.#isOpen ? this.#admitProbe(now, leaseFor) : this.#permit;
  }

  /** @param elapsed how long the attempt took */
  settle(permit: CircuitPermit, outcome: Outcome, elapsed: number, now: number, random: () => number): void {
    const isSlow = outcome === 'success' && elapsed > this.#settings.slowAfter * 1000;
    const counted = isSlow ? 'failure' : outcome;
    if (this.#isOpen) this.#settleProbe(permit, counted, now, random);
    else if (permit === this.#permit && counted !== 'neither') this.#count(counted, now, random);
  }

  /** Seconds until an attempt may be admitted; 0 if one is now. While probes are under way, their end is a guess. */
  retryAfter(now: number): number {
    if (!this.#isOpen) return 0;
    if (now < this.#openUntil) return (this.#openUntil - now) / 1000;
    const underWay = this.#underWay(now);
    if (this.#mayProbe(underWay)) return 0;
    const lostAt = Math.min(...underWay.map(({ expiresAt }) => expiresAt));
    return Math.min((lostAt - now) / 1000, this.#settings.openFor);
  }

  #count(outcome: Exclude<Outcome, 'neither'>, now: number, random: () => number): void {
    this.#attempts.add(now);
    if (outcome === 'success') return;
    const { window, minimumCalls, failureRatio, openFor } = this.#settings;
    this.#failures ??= new SlidingCount(window * 1000);
    this.#failures.add(now);
    const attempts = this.#attempts.total(now);
    if (attempts < minimumCalls || this.#failures.total(now) / attempts < failureRatio) return;
    this.#open(openFor * 1000, now, random);
  }

  #open(wait: number, now: number, random: () => number): void {
    this.#isOpen = true;
    this.#isProbed = false;
    this.#wait = wait;
    this.#openUntil = now + wait * (1 + SPREAD * random());
    this.#probes = NO_PROBES;
    this.#succeeded = 0;
  }

  #close(): void {
    this.#isOpen = false;
    this.#permit += 1;
    this.#probes = NO_PROBES;
    this.#attempts.clear();
    this.#failures = undefined;
  }

  #admitProbe(now: number, leaseFor: number): CircuitPermit {
    if (now < this.#openUntil) return NO_PERMIT;
    const underWay = this.#underWay(now);
    if (!this.#mayProbe(underWay)) return NO_PERMIT;
    // Without a timeout, a probe that is never settled would keep the circuit open for ever.
    const lease = leaseFor < Infinity ? leaseFor : this.#settings.maxOpenFor * 1000;
    this.#isProbed = true;
    this.#permit += 1;
    this.#probes = [...underWay, { permit: this.#permit, expiresAt: now + lease }];
    return this.#permit;
  }

  #underWay(now: number): readonly Probe[] {
    return this.#probes.filter(({ expiresAt }) => expiresAt > now);
  }

  #mayProbe(underWay: readonly Probe[]): boolean {
    return underWay.length + this.#succeeded < this.#settings.probes;
  }

  #settleProbe(permit: CircuitPermit, outcome: Outcome, now: number, random: () => number): void {
    const others = this.#probes.filter((probe) => probe.permit !== permit);
    if (others.length === this.#probes.length) return;
    this.#probes = others;
    const { probes, maxOpenFor } = this.#settings;
    if (outcome === 'failure') this.#open(Math.min(this.#wait * 2, maxOpenFor * 1000), now, random);
    if (outcome !== 'success') return;
    this.#succeeded += 1;
    if (this.#succeeded >= probes) this.#close();
  }
}
