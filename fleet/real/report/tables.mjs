// The table: a row for each figure, a column for each client.
import { CONTESTANTS, JUDGED } from '../contestants.mjs';
import { format, formatSpread, middleOf } from './format.mjs';
import { formatGoal, isMet } from './goals.mjs';

export function sectionTable({ scenarios }) {
  const clients = Object.keys(CONTESTANTS).filter((client) => scenarios.some(({ figures }) => figures[client]));
  const head = ['Scenario', ...clients.map((client) => CONTESTANTS[client].label), 'goal', ''];
  const rows = scenarios.map((row) => [
    row.title,
    ...clients.map((client) => cell(row, client)),
    formatGoal(row),
    verdict(row),
  ]);
  return [head, ...rows];
}

function verdict(row) {
  if (!row.goal || !row.figures[JUDGED]) return '';
  const verdict = isMet(row, JUDGED) ? 'met' : 'not met';
  return row.isDisturbed ? `${verdict} (disturbed)` : verdict;
}

function cell({ figure, figures }, client) {
  const values = figures[client];
  if (!values) return '';
  return client === JUDGED ? formatSpread(figure, values) : format(figure, middleOf(values));
}
