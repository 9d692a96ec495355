import { isRequestException } from './guards';
import { isHarmlessData } from './harmless-data';
import { isError } from '../util/is-error';
import { isFrame } from '../util/own-folder';
import { isSecretName, redactText, redactURL } from '../util/redact';
import { redactMessage } from '../util/safe-quote';

/** Errors that are looked at: causes and those of an AggregateError together. What is beyond them is left out. */
const MAX_ERRORS = 50;

/** Where Node and others keep the URL that they could not use. */
const URL_PROPERTIES = ['input', 'base', 'url'];

/** What a copy has of its own. Without a config, it is no AxiosError. */
const NOT_COPIED: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors', 'isAxiosError']);

type Inspected = Error & { readonly errors?: unknown };

/**
 * An error that is safe to log: `error` itself, with its message redacted, or a copy of its text and numbers if it, or an error
 * that it refers to, holds anything but plain data. Other HTTP clients, databases and caches keep the request there, with its
 * secrets, each under names of its own. Node and undici do not.
 */
export function withoutSecrets(error: Error): Error {
  try {
    const safe = isPlain(error, new Set()) ? error : copy(error, new Map());
    redact(safe, new Set());
    return safe;
  } catch {
    // A getter or a Proxy in it has thrown.
    return Object.assign(new Error(redactMessage(error.message)), { name: error.name });
  }
}

/** Whether an error and those that it refers to have only members that a log may show. */
function isPlain(error: Inspected, seen: Set<Error>): boolean {
  if (seen.has(error) || isRequestException(error)) return true;
  if (seen.size === MAX_ERRORS) return false;
  seen.add(error);
  if (!Reflect.ownKeys(error).every((name) => isPlainMember(error, name))) return false;
  const { cause, errors } = error;
  const several: readonly unknown[] = Array.isArray(errors) ? errors : [errors];
  if (several.length > MAX_ERRORS) return false;
  return [cause, ...several].every((part) => !isObject(part) || (isError(part) && isPlain(part, seen)));
}

function isPlainMember(error: Error, name: string | symbol): boolean {
  if (name === 'stack' || name === 'cause' || name === 'errors') return true;
  // Addresses and counts.
  if (name === 'socket' && (error as NodeJS.ErrnoException).code === 'UND_ERR_SOCKET') return true;
  const member = Reflect.getOwnPropertyDescriptor(error, name);
  const value: unknown = member?.value;
  if (member?.get) return false;
  if (isObject(value)) return typeof name === 'string' && isHarmlessData(name, value);
  return typeof value !== 'string' || !isSecretMember(String(name));
}

/** `code` is the name of Node's codes, too. */
function isSecretMember(name: string): boolean {
  return name !== 'code' && isSecretName(name);
}

/** Of the same text and numbers. Only what is safe stays the same object. */
function copy(error: Inspected, copies: Map<Error, Error>): Error {
  const { name, message, stack, cause, errors } = error;
  const made = Object.assign(new Error(message), factsOf(error), { name });
  copies.set(error, made);
  const parts: PropertyDescriptorMap = { stack: { value: stack } };
  const safeCause = safePart(cause, copies);
  if (safeCause !== undefined) parts['cause'] = { value: safeCause };
  if (Array.isArray(errors))
    parts['errors'] = { value: errors.slice(0, MAX_ERRORS).map((one) => safePart(one, copies)) };
  for (const part of Object.values(parts)) Object.assign(part, { writable: true, configurable: true });
  return Object.defineProperties(made, parts);
}

/** The error codes and the like that a copy keeps. */
function factsOf(error: Error): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [name, { value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
    if (enumerable !== true || NOT_COPIED.has(name) || !['string', 'number', 'boolean'].includes(typeof value))
      continue;
    const text = typeof value === 'string' ? redactMessage(value) : (value as unknown);
    facts[name] = isSecretMember(name) ? '***' : text;
  }
  return facts;
}

/** A cause or an error of an AggregateError, for a copy; `undefined` for what is left out. */
function safePart(part: unknown, copies: Map<Error, Error>): unknown {
  if (!isObject(part)) return part;
  if (!isError(part)) return undefined;
  if (isPlain(part, new Set())) return part;
  return copies.get(part) ?? (copies.size < MAX_ERRORS ? copy(part, copies) : undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Redacts the messages and URLs of an error and its causes. The error stays the same object, because its class tells what happened. */
function redact(error: unknown, seen: Set<unknown>): void {
  if (!isError(error) || isRequestException(error) || seen.has(error)) return;
  seen.add(error);
  // A stack begins with the message. It is read only if need be, because Node formats it then.
  const { message } = error;
  if (replaceText(error, 'message', redactMessage)) {
    replaceText(error, 'stack', (stack) => redactStack(stack.replaceAll(message, () => error.message)));
  }
  for (const name of URL_PROPERTIES) replaceText(error, name, redactURL);
  redact(error.cause, seen);
  const { errors } = error as Inspected;
  if (Array.isArray(errors)) for (const one of errors) redact(one, seen);
}

/** The first lines may be a message that has been changed since. File and line of a frame are no secrets, whatever the file's name. */
function redactStack(stack: string): string {
  const lines = stack.split('\n');
  return lines.map((line) => (isFrame(line) ? redactText(line) : redactMessage(line))).join('\n');
}

/** @returns whether there was something to replace */
function replaceText(error: Error, name: string, change: (text: string) => string): boolean {
  const text: unknown = Reflect.get(error, name);
  if (typeof text !== 'string') return false;
  const changed = change(text);
  // A frozen error stays as it is.
  return changed !== text && Reflect.set(error, name, changed);
}
