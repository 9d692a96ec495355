import type { Call } from '../call/call';
import { budgetEvent } from '../events/channels';
import { publishBudget } from '../events/publish';
import type { RetryTicket } from '../resilience/retry-ticket';

/** What a ticket is for. */
type Kind = 'retry' | 'hedge';

/** Asks the budget when a retry is decided, and publishes a refusal. @returns whether it has enough now */
export function canPay(ticket: RetryTicket, call: Call, now: number): boolean {
  const isAffordable = ticket.isAffordable(now);
  if (!isAffordable && budgetEvent.hasSubscribers) publish(ticket, call, now, 'retry', true);
  return isAffordable;
}

/** Pays for another attempt, and publishes what is left. @returns whether the budget had enough */
export function pay(ticket: RetryTicket, call: Call, now: number, kind: Kind): boolean {
  const isPaid = ticket.pay(now);
  if (budgetEvent.hasSubscribers) publish(ticket, call, now, kind, !isPaid);
  return isPaid;
}

function publish(ticket: RetryTicket, { client }: Call, now: number, kind: Kind, refused: boolean): void {
  const { origin, price } = ticket;
  const left = ticket.left(now);
  publishBudget({ origin, client: client?.name, clientId: client?.id ?? 0, kind, price, left, refused });
}
