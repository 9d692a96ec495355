// The clients that are compared: the columns of the tables.
import { priceOf, RetryBudget } from '../dist/resilience/retry-budget.js';
import { resolveRetryBudget } from '../dist/resilience/retry-budget-options.js';
import { flatPrice, FourSeconds } from './rules/four-seconds.mjs';

const RETRIES = 3;

/** Retries paid from a stock that does not grow with the rate, as most budgets have it. */
function fixedStock(reserve) {
  const settings = resolveRetryBudget({ reserve, reserveWindow: 0 });
  return {
    label: `stock of ${reserve}`,
    retryAttempts: RETRIES,
    makeBudget: (now) => new RetryBudget(settings, now),
    priceOf: flatPrice,
    paysBeforeWait: true,
  };
}

/** The budget of the package, with one thing changed. */
function budgetWith(label, settings, price = priceOf) {
  const resolved = resolveRetryBudget(settings);
  return { label, retryAttempts: RETRIES, makeBudget: (now) => new RetryBudget(resolved, now), priceOf: price };
}

/** Another price of a timeout, for each retry alike. */
function timeoutAt(price) {
  return budgetWith(`${price}`, {}, (failure) => (priceOf(failure) > 1 ? price : priceOf(failure)));
}

export const CLIENTS = {
  none: { label: 'no retries', retryAttempts: 0 },
  unlimited: { label: 'no budget', retryAttempts: RETRIES },
  fixed10: fixedStock(10),
  fixed60: fixedStock(60),
  fixed100: fixedStock(100),
  fixed140: fixedStock(140),
  fourSeconds: {
    label: 'candidate, 4 s',
    retryAttempts: RETRIES,
    makeBudget: (now) => new FourSeconds(now),
    priceOf: flatPrice,
    paysBeforeWait: true,
  },
  window0: budgetWith('0 s', { reserveWindow: 0 }),
  window1: budgetWith('1 s', { reserveWindow: 1 }),
  window2: budgetWith('2 s', { reserveWindow: 2 }),
  price1: timeoutAt(1),
  price2: timeoutAt(2),
  price3: timeoutAt(3),
  price4: timeoutAt(4),
  budget: budgetWith('**budget**', {}),
  paidBefore: { ...budgetWith('paid before the wait', {}), paysBeforeWait: true },
  price10: timeoutAt(10),
  window4: budgetWith('4 s', { reserveWindow: 4 }),
  window8: budgetWith('8 s', { reserveWindow: 8 }),
};

/** The clients of a scenario that does not name its own. */
export const COMPARED = ['none', 'unlimited', 'fixed10', 'fixed60', 'fixed100', 'fixed140', 'fourSeconds', 'budget'];
