// A process that calls the service by the rules of the package.
import { resolveRetry } from '../../dist/resilience/retry-options.js';
import { decideRetry } from '../../dist/resilience/retry-policy.js';

const POLICY = resolveRetry();
const TIMEOUT = { code: 'TIMEOUT', retryable: true, sent: 'maybe', retryAfter: undefined };

const CALL = {
  method: 'GET',
  replayable: true,
  replays: [],
  remaining: Infinity,
  tokenRenewed: false,
  cancelled: false,
  forbidden: false,
  servesRetry: false,
};

export class Process {
  #world;
  #client;
  #budget;
  /** What decideRetry knows of a call; only the number of its retries is another for each. */
  #state;

  /**
   * @param world `{ events, service, random, tally, timeout }`
   * @param client an entry of `clients.mjs`
   */
  constructor(world, client) {
    this.#world = world;
    this.#client = client;
    this.#budget = client.makeBudget?.(0);
    this.#state = { ...CALL, retries: 0, retryAttempts: client.retryAttempts };
  }

  call() {
    const call = { beganAt: this.#world.events.now, retries: 0, paid: 0 };
    this.#world.tally.began(call);
    this.#attempt(call);
  }

  #attempt(call) {
    const { events, service, tally, timeout } = this.#world;
    const startedAt = events.now;
    let isOver = false;
    const end = (failure) => {
      isOver = true;
      if (failure) this.#failed(call, failure, events.now - startedAt);
      else this.#succeeded(call);
    };
    tally.requested(startedAt);
    service.request((failure) => (isOver ? tally.respondedToNobody(events.now) : end(failure)));
    events.after(timeout, () => isOver || end(TIMEOUT));
  }

  #succeeded(call) {
    this.#budget?.succeeded(this.#now());
    this.#budget?.giveBack(call.paid);
    this.#world.tally.succeeded(call, this.#world.events.now);
  }

  #failed(call, failure, took) {
    const { priceOf, paysBeforeWait } = this.#client;
    this.#state.retries = call.retries;
    const decision = decideRetry(failure, this.#state, POLICY, this.#world.random);
    if (!decision.retry) return;
    const price = this.#budget ? priceOf(priced(failure, call, took)) : 0;
    const isGranted = paysBeforeWait ? this.#pay(price) : this.#hasEnough(price);
    if (!isGranted) return this.#world.tally.refused(call);
    this.#world.events.after(decision.delay, () => this.#retry(call, price));
  }

  #retry(call, price) {
    if (!this.#client.paysBeforeWait && !this.#pay(price)) return this.#world.tally.refused(call);
    call.retries += 1;
    call.paid = price;
    this.#attempt(call);
  }

  #pay(price) {
    return this.#budget?.take(price, this.#now()) ?? true;
  }

  #hasEnough(price) {
    return this.#budget === undefined || this.#budget.tokens(this.#now()) >= price;
  }

  /** In the milliseconds of the rules. */
  #now() {
    return this.#world.events.now * 1000;
  }
}

function priced({ code, sent, retryAfter }, { retries }, took) {
  return { code, sent, retryAfter, retries, took };
}
