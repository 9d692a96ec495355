import { format, middleOf } from './format.mjs';

export function isMet({ goal, figures }, client) {
  const { atLeast = -Infinity, atMost = Infinity } = goal;
  const figure = middleOf(figures[client]);
  return figure >= atLeast && figure <= atMost;
}

export function formatGoal({ goal, figure }) {
  if (!goal) return '';
  const { atLeast, atMost } = goal;
  if (atLeast === undefined) return `≤ ${format(figure, atMost)}`;
  if (atMost === undefined) return `≥ ${format(figure, atLeast)}`;
  return `${format(figure, atLeast)} to ${format(figure, atMost)}`;
}

/** The titles of the rows in which `client` misses the goal, where the machine did not prevent it. */
export function missedGoals({ scenarios }, client) {
  const judged = scenarios.filter(({ goal, figures, isDisturbed }) => goal && figures[client] && !isDisturbed);
  const missed = judged.filter((row) => !isMet(row, client));
  return missed.map(({ title }) => title);
}
