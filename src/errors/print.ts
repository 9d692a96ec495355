import type { Attempt, Sent } from '../journal/attempt';
import { printAttempts } from '../journal/print-attempts';

/** The parts of an exception that a log shows. */
export interface Printable {
  readonly name: string;
  readonly code: string;
  readonly stack?: string;
  readonly sent: Sent;
  readonly attempts: readonly Attempt[];
  readonly cause?: unknown;
}

/** Formats an exception for a log: stack, journal, cause. */
export function printException(error: Printable, print: (value: unknown) => string): string {
  const stack = (error.stack ?? '').replace(/^\w+(?=:)/, `${error.name} [${error.code}]`);
  const parts = [
    withoutInternals(stack),
    error.attempts.length > 0 || error.sent === 'no' ? printAttempts(error.attempts) : '',
  ];
  if (error.cause !== undefined) parts.push(`  [cause]: ${indent(print(error.cause))}`);
  return parts.filter((part) => part !== '').join('\n');
}

/** Removes the frames of Node and axios: every retry adds more of them. */
function withoutInternals(stack: string): string {
  const isInternal = /^ +at .*(node:|node_modules[\\/]axios)/;
  return stack
    .split('\n')
    .filter((line) => !isInternal.test(line))
    .join('\n');
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
