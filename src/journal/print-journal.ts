import type { Attempt } from './attempt';

/** Formats the journal as a table, one line per attempt. */
export function printJournal(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return '  nothing was sent';
  const rows = attempts.map(({ startedAt, elapsed, outcome, decision, reason, wait, hedge }, index) => [
    `#${index + 1}${hedge ? ' hedge' : ''}`,
    startedAt.toISOString(),
    `${elapsed.toFixed(3)} s`,
    String(outcome ?? 'in progress'),
    `${decision ?? ''}${wait === undefined ? '' : ` in ${wait} s`}${reason === undefined ? '' : `: ${reason}`}`,
  ]);
  const table = [['  ', 'started', 'took', 'outcome', 'decision'], ...rows];
  const widthOf = (column: number): number => Math.max(...table.map((row) => String(row[column]).length));
  return table
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widthOf(column))).join('  ')}`.trimEnd())
    .join('\n');
}
