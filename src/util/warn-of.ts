import { toError } from './is-error';
import { redactMessage } from './safe-quote';

/** Emits a process warning for a failure that nobody waits for. */
export function warnOf(what: string, reason: unknown, code: string, type?: string): void {
  const { name, message } = toError(reason);
  process.emitWarning(`${what}: ${name}: ${redactMessage(message)}`, { type, code });
}

/** For what must not harm a call: only the first failure leads to a warning. */
export function warnOnce(code: string, type: string): (what: string, reason: unknown) => void {
  let hasWarned = false;
  return (what, reason) => {
    if (hasWarned) return;
    hasWarned = true;
    warnOf(what, reason, code, type);
  };
}
