import type { Attempt, Sent } from '../journal/attempt';
import { printJournal } from '../journal/print-journal';
import { addedFields } from './added-fields';

/** What the stack of an exception contains. */
interface Story {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly elapsed: number;
  readonly sent: Sent;
  readonly attempts: readonly Attempt[];
}

/** What a log shows of an exception besides its stack. */
interface Printable {
  readonly stack?: string | undefined;
  readonly sent: Sent;
  readonly phase?: string | undefined;
  readonly retryable: boolean;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The text of `stack`: what happened, the caller's frames, the journal, and what the server said.
 *
 * @param isCause whether the journal stands in the exception that this one is the cause of
 * @param remarks quotes from the response
 */
export function tellStory(
  story: Story,
  frames: readonly string[],
  isCause: boolean,
  remarks: readonly string[],
): string {
  const { name, code, message, sent, attempts } = story;
  const isJournalTold = isCause || (attempts.length === 0 && sent !== 'no');
  return [
    `${name} [${code}]: ${message}${isCause ? '' : effort(story)}`,
    ...frames,
    ...(isJournalTold ? [] : [printJournal(attempts)]),
    ...remarks.map((remark) => `  ${remark}`),
  ].join('\n');
}

/** Formats an exception for a log: the stack, what it does not tell, and the cause. */
export function printException(error: Printable, print: (value: unknown) => string): string {
  const { stack = '', sent, phase, retryable, retryAfter, requestId, cause } = error;
  const known = { sent, phase, retryable, retryAfter, requestId };
  const facts = Object.entries({ ...known, ...addedFields(error) }).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}: ${value}`,
  );
  const parts = [stack, `  ${facts.join(', ')}`];
  if (cause !== undefined) parts.push(`  [cause]: ${indent(print(cause))}`);
  return parts.filter((part) => part !== '').join('\n');
}

/** The number of attempts and the time that they took together. */
function effort({ attempts, elapsed }: Story): string {
  const count = attempts.length;
  if (count === 0) return '';
  return `, after ${count} ${count === 1 ? 'attempt' : 'attempts'} in ${roundSeconds(elapsed)} s`;
}

/** Two digits below a second, tenths below a hundred. */
function roundSeconds(seconds: number): number {
  if (seconds < 1) return Number(seconds.toPrecision(2));
  return seconds < 100 ? Number(seconds.toFixed(1)) : Math.round(seconds);
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
