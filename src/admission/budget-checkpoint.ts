import type { AttemptState } from '../call/attempt-state';
import type { RetryBudgetSettings } from '../resilience/retry-budget-options';
import type { Checkpoint, Ending } from './checkpoint';

/** Keeps the books of the retry budget. Retries are refused when they are decided, so each attempt passes. */
export class BudgetCheckpoint implements Checkpoint {
  constructor(private readonly settings: RetryBudgetSettings) {}

  leave(attempt: AttemptState, { outcome, isDispatched, now }: Ending): void {
    const { ticket, origin } = attempt;
    if (outcome === 'success' && origin) (origin.budget ?? origin.budgetOf(this.settings, now)).succeeded(now);
    if (outcome === 'success' || !isDispatched || attempt.isLost) ticket?.giveBack();
  }
}
