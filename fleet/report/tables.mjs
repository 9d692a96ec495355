// The tables: a row per scenario, a column per client.
import { CLIENTS } from '../clients.mjs';
import { format, formatSpread, middleOf } from './format.mjs';
import { formatGoal, isMet } from './goals.mjs';

export function sectionTable({ scenarios, hasGoals }) {
  const clients = Object.keys(CLIENTS).filter((client) => scenarios.some(({ figures }) => figures[client]));
  const head = ['Scenario', ...clients.map((client) => CLIENTS[client].label), ...(hasGoals ? ['goal', ''] : [])];
  const rows = scenarios.map((scenario) => [
    scenario.title,
    ...clients.map((client) => cell(scenario, client)),
    ...(hasGoals ? [formatGoal(scenario), verdict(scenario)] : []),
  ]);
  return [head, ...rows];
}

/** On the budget; empty in a run that judges another client. */
function verdict(scenario) {
  if (!scenario.figures.budget) return '';
  return isMet(scenario, 'budget') ? 'met' : 'not met';
}

function cell({ figure, figures }, client) {
  const values = figures[client];
  if (!values) return '';
  return client === 'budget' ? formatSpread(figure, values) : format(figure, middleOf(values));
}
