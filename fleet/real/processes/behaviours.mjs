// What a service can be like. Each function returns how it handles a request: it calls `reply(status, headers)`.
import { now } from './time.mjs';
import { WorkQueue } from './work-queue.mjs';

/** Milliseconds that a healthy response takes. */
const HEALTHY = 5;

const healthy = (reply) => setTimeout(reply, HEALTHY, 200);

export const BEHAVIOURS = {
  healthy: () => healthy,

  unavailable: () => (reply) => reply(503),

  /** Fails independently of all other requests. */
  errors({ share, seed = 1 }) {
    const random = randomFrom(seed);
    return (reply) => (random() < share ? reply(503) : healthy(reply));
  },

  /** 503 with `Retry-After` for that time from the first request. */
  busy({ retryAfter }) {
    let until;
    return (reply) => {
      until ??= now() + retryAfter * 1000;
      if (now() < until) reply(503, { 'Retry-After': String(retryAfter) });
      else healthy(reply);
    };
  },

  /** Has a queue, and does `capacity` requests per second at most. */
  workers({ capacity }) {
    const queue = new WorkQueue(capacity);
    const handle = (reply) => queue.add(() => reply(200));
    handle.slow = (times) => (queue.slow = times);
    return handle;
  },

  /** Tells how many tokens are left, and when all of them are back. */
  bucket({ rate }) {
    let tokens = rate;
    let filledAt = now();
    return (reply) => {
      tokens = Math.min(rate, tokens + ((now() - filledAt) / 1000) * rate);
      filledAt = now();
      const isAllowed = tokens >= 1;
      if (isAllowed) tokens -= 1;
      const reset = Math.ceil((rate - tokens) / rate);
      const headers = {
        RateLimit: `"default";r=${Math.floor(tokens)};t=${reset}`,
        'RateLimit-Policy': `"default";q=${rate};w=1`,
      };
      reply(isAllowed ? 200 : 429, headers);
    };
  },

  /** One response in `every` is slow. */
  sometimesSlow({ every, milliseconds }) {
    let count = 0;
    return (reply) => setTimeout(reply, ++count % every === 0 ? milliseconds : HEALTHY, 200);
  },
};

/** A linear congruential generator (Numerical Recipes), so that each client meets the same service. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
