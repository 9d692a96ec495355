// The goals, and whether a client reaches them.
import { format, middleOf } from './format.mjs';

/** The limit that a goal sets, after the figures of the client without retries if it is relative. */
function limitOf({ goal, figures }) {
  const limit = goal.atMost ?? goal.atLeast;
  return typeof limit === 'object' ? limit.times * middleOf(figures.none) : limit;
}

export function isMet(scenario, client) {
  const { goal, figures } = scenario;
  const figure = middleOf(figures[client]);
  return goal.atMost === undefined ? figure >= limitOf(scenario) : figure <= limitOf(scenario);
}

export function formatGoal(scenario) {
  const { goal, figure } = scenario;
  return `${goal.atMost === undefined ? '≥' : '≤'} ${format(figure, limitOf(scenario))}`;
}

/** The titles of the scenarios in which `client` misses the goal. */
export function missedGoals(sections, client) {
  const scenarios = sections.flatMap((section) => section.scenarios).filter(({ goal }) => goal);
  return scenarios.filter((scenario) => !isMet(scenario, client)).map(({ title }) => title);
}
