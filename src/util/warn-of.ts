import { toError } from './is-error';
import { redactMessage } from './safe-quote';

/** Emits a process warning for a failure that nobody waits for. */
export function warnOf(what: string, reason: unknown, code: string): void {
  const { name, message } = toError(reason);
  process.emitWarning(`${what}: ${name}: ${redactMessage(message)}`, { code });
}
