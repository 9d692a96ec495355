import { isSecretName } from '../util/redact';
import { safeQuote } from '../util/safe-quote';

/** The fields of our exceptions and of AxiosError. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['name', 'message', 'stack', 'cause', 'code', 'status', 'config', 'request', 'response', 'isAxiosError'],
  ...['method', 'url', 'requestId', 'phase', 'sent', 'retryable', 'retries', 'elapsed', 'attempts', 'retryAfter'],
  ...['position', 'issues', 'problem', 'body'],
]);

const MAX_TEXT = 500;

/**
 * The fields that others have added to an exception: a logger its `level`, a subclass or a handler its own facts. Only texts,
 * numbers and booleans, which can be shown without secrets.
 */
export function addedFields(error: object): Record<string, string | number | boolean> {
  const added: Record<string, string | number | boolean> = {};
  for (const name of Object.keys(error)) {
    if (KNOWN.has(name)) continue;
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'number' || typeof value === 'boolean') added[name] = value;
    else if (typeof value === 'string') added[name] = isSecretName(name) ? '***' : safeQuote(value, MAX_TEXT);
  }
  return added;
}
