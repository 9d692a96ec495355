import { OriginState } from '../../src/resilience/origin-state';
import { RetryBudget } from '../../src/resilience/retry-budget';
import { resolveRetryBudget, type RetryBudgetSettings } from '../../src/resilience/retry-budget-options';
import { RetryTicket, ticketFor } from '../../src/resilience/retry-ticket';

const SETTINGS = resolveRetryBudget({ reserve: 5, refill: 0 }) as RetryBudgetSettings;

function scene(price: number): { budget: RetryBudget; ticket: RetryTicket } {
  const budget = new RetryBudget(SETTINGS, 0);
  return { budget, ticket: new RetryTicket('http://a.test', budget, price) };
}

test('a ticket costs nothing until it is paid', () => {
  const { budget, ticket } = scene(3);

  expect(ticket.isAffordable(0)).toBe(true);
  expect(budget.tokens(0)).toBe(5);
  expect(ticket.pay(0)).toBe(true);
  expect(budget.tokens(0)).toBe(2);
});

test('what was paid is given back once', () => {
  const { budget, ticket } = scene(3);
  ticket.pay(0);
  budget.take(2, 0);

  ticket.giveBack();
  ticket.giveBack();

  expect(budget.tokens(0)).toBe(3);
});

test('what was not paid is not given back', () => {
  const { budget, ticket } = scene(3);
  budget.take(4, 0);

  expect([ticket.isAffordable(0), ticket.pay(0)]).toEqual([false, false]);
  ticket.giveBack();

  expect(budget.tokens(0)).toBe(1);
});

test('a ticket tells whose it is, its price, and what is left', () => {
  const { ticket } = scene(3);
  ticket.pay(0);

  expect([ticket.origin, ticket.price, ticket.left(0)]).toEqual(['http://a.test', 3, 2]);
});

describe('the ticket after a failure', () => {
  test.each([
    ['a fast 503', { code: 'SERVER_ERROR', sent: 'yes' }, 4],
    ['a timeout', { code: 'TIMEOUT', sent: 'maybe' }, 1],
  ] as const)('takes the price of %s from the budget of its origin', (_, failure, left) => {
    const origin = new OriginState('http://users');

    const ticket = ticketFor(failure, origin, SETTINGS, 0);

    expect(ticket?.pay(0)).toBe(true);
    expect(origin.budget?.tokens(0)).toBe(left);
  });

  test.each([
    ['a refused connection', { code: 'CONNECTION_REFUSED', sent: 'no' }],
    ['a 503 with Retry-After', { code: 'SERVER_ERROR', sent: 'yes', retryAfter: 1 }],
  ] as const)('is not needed for %s, and no budget either', (_, failure) => {
    const origin = new OriginState('http://users');

    expect(ticketFor(failure, origin, SETTINGS, 0)).toBeUndefined();
    expect(origin.budget).toBeUndefined();
  });
});
