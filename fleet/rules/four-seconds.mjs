// A candidate that was not chosen: the most is what the process had of successes in 4 s, or 10; a timeout costs 3.

const RATIO = 0.2;
const RESERVE = 10;
const WINDOW = 4;
const REFILL = 0.02;
/** Seconds over which the rate of successes is taken. */
const MEMORY = 10;

export class FourSeconds {
  #tokens = RESERVE;
  #settledAt;
  #slots = new Map();

  constructor(now) {
    this.#settledAt = now;
  }

  succeeded(now) {
    this.#settle(now);
    const second = Math.floor(now / 1000);
    this.#slots.set(second, (this.#slots.get(second) ?? 0) + 1);
    this.#tokens += RATIO;
  }

  take(price, now) {
    this.#settle(now);
    if (this.#tokens < price) return false;
    this.#tokens -= price;
    return true;
  }

  giveBack(price) {
    this.#tokens += price;
  }

  tokens(now) {
    this.#settle(now);
    return this.#tokens;
  }

  #settle(now) {
    const oldest = Math.floor(now / 1000) - MEMORY;
    let successes = 0;
    for (const [second, count] of this.#slots) {
      if (second <= oldest) this.#slots.delete(second);
      else successes += count;
    }
    const refilled = this.#tokens + ((now - this.#settledAt) / 1000) * REFILL;
    this.#tokens = Math.min(refilled, Math.max(RESERVE, (WINDOW * successes) / MEMORY));
    this.#settledAt = now;
  }
}

/** 3 for a timeout, whichever retry it is. */
export function flatPrice({ code, sent, retryAfter = 0 }) {
  if (sent === 'no' || retryAfter > 0) return 0;
  return code === 'TIMEOUT' ? 3 : 1;
}
