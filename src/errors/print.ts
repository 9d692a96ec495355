import type { Attempt } from '../call/call';
import type { RequestException } from './exceptions';

/** The exception as a log shows it: stack, journal, cause. */
export function printException(error: RequestException, print: (value: unknown) => string): string {
  const stack = (error.stack ?? '').replace(/^\w+(?=:)/, `${error.name} [${error.code}]`);
  const parts = [
    withoutInternals(stack),
    error.attempts.length > 0 || error.sent === 'no' ? printAttempts(error.attempts) : '',
  ];
  if (error.cause !== undefined) parts.push(`  [cause]: ${indent(print(error.cause))}`);
  return parts.filter((part) => part !== '').join('\n');
}

/** Without the frames of Node and axios, of which every retry leaves more. */
function withoutInternals(stack: string): string {
  const isInternal = /^ +at .*(node:|node_modules[\\/]axios)/;
  return stack
    .split('\n')
    .filter((line) => !isInternal.test(line))
    .join('\n');
}

/** The journal as a table, one line an attempt. */
export function printAttempts(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return '  nothing was sent';
  const rows = attempts.map(({ startedAt, elapsed, outcome, decision, reason, wait }, index) => [
    `#${index + 1}`,
    startedAt.toISOString(),
    `${elapsed.toFixed(3)} s`,
    String(outcome ?? 'under way'),
    `${decision ?? ''}${wait === undefined ? '' : ` in ${wait} s`}${reason === undefined ? '' : `: ${reason}`}`,
  ]);
  const table = [['  ', 'started', 'took', 'outcome', 'decision'], ...rows];
  const widthOf = (column: number): number => Math.max(...table.map((row) => String(row[column]).length));
  return table
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widthOf(column))).join('  ')}`.trimEnd())
    .join('\n');
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
