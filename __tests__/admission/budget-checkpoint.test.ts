import { BudgetCheckpoint } from '../../src/admission/budget-checkpoint';
import type { Ending } from '../../src/admission/ending';
import { AttemptState } from '../../src/call/attempt-state';
import { Call } from '../../src/call/call';
import { createException } from '../../src/errors/create';
import { OriginState } from '../../src/resilience/origin-state';
import { resolveRetryBudget, type RetryBudgetSettings } from '../../src/resilience/retry-budget-options';
import { ticketFor } from '../../src/resilience/retry-ticket';

const SETTINGS = resolveRetryBudget({ ratio: 0.5, refill: 0 }) as RetryBudgetSettings;
const FAILED: Ending = { outcome: 'failure', now: 0, elapsed: 5, isDispatched: true };

/** An attempt that has taken 4 of 10 tokens. */
function paidAttempt(): AttemptState & { readonly origin: OriginState } {
  const origin = new OriginState('http://users');
  const ticket = ticketFor({ code: 'TIMEOUT', sent: 'maybe' }, origin, SETTINGS, 0);
  ticket?.pay(0);
  return Object.assign(new AttemptState(new Call('GET', '/')), { origin, ticket });
}

test.each<[string, Partial<Ending>, number]>([
  ['that fails keeps its price', {}, 6],
  ['that is cancelled while the service works on it keeps its price', { outcome: 'neither' }, 6],
  ['that fails after something was sent keeps its price', { error: createException('TIMEOUT', { sent: 'maybe' }) }, 6],
  ['that is not sent costs nothing', { outcome: 'neither', isDispatched: false }, 10],
  ['whose connection is refused costs nothing', { error: createException('CONNECTION_REFUSED', { sent: 'no' }) }, 10],
  ['whose connection was closed costs nothing', { error: createException('STALE_CONNECTION', { sent: 'no' }) }, 10],
  ['that succeeds costs nothing', { outcome: 'success' }, 10],
])('a retry %s', (_, ending, tokens) => {
  const attempt = paidAttempt();

  new BudgetCheckpoint(SETTINGS).leave(attempt, { ...FAILED, ...ending });

  expect(attempt.origin.budget?.tokens(0)).toBe(tokens);
});

test('a retry whose hedge was faster costs nothing: the retry has succeeded', () => {
  const attempt = paidAttempt();
  attempt.isLost = true;

  new BudgetCheckpoint(SETTINGS).leave(attempt, { ...FAILED, outcome: 'neither' });

  expect(attempt.origin.budget?.tokens(0)).toBe(10);
});

test('a success earns its part of a retry, also the first of an origin', () => {
  const attempt = paidAttempt();
  attempt.ticket = undefined;
  const fresh = Object.assign(new AttemptState(attempt.call), { origin: new OriginState('http://orders') });
  const checkpoint = new BudgetCheckpoint(SETTINGS);

  for (const one of [attempt, fresh]) checkpoint.leave(one, { ...FAILED, outcome: 'success' });

  expect(attempt.origin.budget?.tokens(0)).toBe(6.5);
  expect(fresh.origin.budget?.tokens(0)).toBe(10);
});
