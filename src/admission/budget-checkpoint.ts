import type { AttemptState } from '../call/attempt-state';
import type { RetryBudgetSettings } from '../resilience/retry-budget-options';
import type { Checkpoint } from './checkpoint';
import type { Ending } from './ending';

/** Keeps the books of the retry budget. Retries are refused when they are decided, so each attempt passes. */
export class BudgetCheckpoint implements Checkpoint {
  constructor(private readonly settings: RetryBudgetSettings) {}

  leave(attempt: AttemptState, { outcome, isDispatched, error, now }: Ending): void {
    const { ticket, origin, isLost } = attempt;
    if (outcome === 'success' && origin) (origin.budget ?? origin.budgetOf(this.settings, now)).succeeded(now);
    // Nothing is charged for what the service has had no work with: no token, a closed connection, a connection refused.
    if (outcome === 'success' || isLost || !isDispatched || error?.sent === 'no') ticket?.giveBack();
  }
}
