import { isRequestException } from './guards';
import { isError } from '../util/is-error';
import { axios } from '../util/packages';
import { redactText, redactURL } from '../util/redact';

const MAX_DEPTH = 5;

/** Where Node and others keep the URL that they could not use. */
const URL_PROPERTIES = ['input', 'base', 'url'];

/**
 * An error that is safe to log: `error` itself, with its URLs redacted, or a copy with only its name, message and stack if it
 * refers to another client's AxiosError, which holds the headers of its request.
 */
export function withoutSecrets(error: Error): Error {
  const safe = refersToAxiosError(error, new Set(), 0) ? copyText(error) : error;
  redact(safe, new Set());
  return safe;
}

/** Looks at what a log would show: causes, the errors of an AggregateError, and enumerable properties. */
function refersToAxiosError(value: unknown, seen: Set<unknown>, depth: number): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > MAX_DEPTH) return false;
  seen.add(value);
  if (isRequestException(value)) return false;
  if (axios().isAxiosError(value)) return true;
  const inner: unknown[] = Object.values(value);
  if (isError(value)) inner.push(value.cause, (value as { readonly errors?: unknown }).errors);
  return inner.some((part) => refersToAxiosError(part, seen, depth + 1));
}

function copyText({ name, message, stack }: Error): Error {
  return Object.defineProperty(Object.assign(new Error(message), { name }), 'stack', { value: stack, writable: true });
}

/** Redacts the URLs in an error and its causes. The error stays the same object, because its class tells what happened. */
function redact(error: unknown, seen: Set<unknown>): void {
  if (!isError(error) || isRequestException(error) || seen.has(error)) return;
  seen.add(error);
  // A stack begins with the message. It is read only if need be, because Node formats it then.
  if (replaceText(error, 'message', redactText)) replaceText(error, 'stack', redactText);
  for (const name of URL_PROPERTIES) replaceText(error, name, redactURL);
  redact(error.cause, seen);
  const { errors } = error as { readonly errors?: unknown };
  if (Array.isArray(errors)) for (const one of errors) redact(one, seen);
}

/** @returns whether there was something to replace */
function replaceText(error: Error, name: string, change: (text: string) => string): boolean {
  const text: unknown = Reflect.get(error, name);
  if (typeof text !== 'string') return false;
  const changed = change(text);
  // A frozen error stays as it is.
  return changed !== text && Reflect.set(error, name, changed);
}
