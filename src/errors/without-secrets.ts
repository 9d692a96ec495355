import { isAxiosError } from 'axios';
import { isRequestException } from './guards';
import { isError } from '../util/is-error';

const MAX_DEPTH = 5;

/** An error fit for logs: itself, or its words alone, where it leads to another client's AxiosError and so to its headers. */
export function withoutSecrets(error: Error): Error {
  return leadsToAxiosError(error, new Set(), 0) ? copyWords(error) : error;
}

/** Looks where a printing would: at causes, at the errors of an AggregateError, and at whatever hangs on an error. */
function leadsToAxiosError(value: unknown, seen: Set<unknown>, depth: number): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > MAX_DEPTH) return false;
  seen.add(value);
  if (isRequestException(value)) return false;
  if (isAxiosError(value)) return true;
  const inner: unknown[] = Object.values(value);
  if (isError(value)) inner.push(value.cause, (value as { readonly errors?: unknown }).errors);
  return inner.some((one) => leadsToAxiosError(one, seen, depth + 1));
}

function copyWords({ name, message, stack }: Error): Error {
  return Object.defineProperty(Object.assign(new Error(message), { name }), 'stack', { value: stack, writable: true });
}
