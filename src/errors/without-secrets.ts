import { isAxiosError } from 'axios';
import { isRequestException } from './guards';
import { isError } from '../util/is-error';

const MAX_DEPTH = 5;

/**
 * An error that is safe to log: `error` itself, or a copy with only its name, message and stack if it refers to another
 * client's AxiosError, which holds the headers of its request.
 */
export function withoutSecrets(error: Error): Error {
  return refersToAxiosError(error, new Set(), 0) ? copyText(error) : error;
}

/** Looks at what a log would show: causes, the errors of an AggregateError, and enumerable properties. */
function refersToAxiosError(value: unknown, seen: Set<unknown>, depth: number): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > MAX_DEPTH) return false;
  seen.add(value);
  if (isRequestException(value)) return false;
  if (isAxiosError(value)) return true;
  const inner: unknown[] = Object.values(value);
  if (isError(value)) inner.push(value.cause, (value as { readonly errors?: unknown }).errors);
  return inner.some((part) => refersToAxiosError(part, seen, depth + 1));
}

function copyText({ name, message, stack }: Error): Error {
  return Object.defineProperty(Object.assign(new Error(message), { name }), 'stack', { value: stack, writable: true });
}
