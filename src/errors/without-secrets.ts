import { isRequestException } from './guards';
import { isHarmlessData, isSecretMember } from './harmless-data';
import { isError } from '../util/is-error';
import { isFrame } from '../stack/frames';
import { redactText, redactURL } from '../util/redact';
import { redactMessage } from '../util/safe-quote';

/** Errors that are looked at: causes and those of an AggregateError together. What is beyond them is left out. */
const MAX_ERRORS = 50;

/** Where Node and others keep the URL that they could not use. */
const URL_PROPERTIES = ['input', 'base', 'url'];

/** Members that are not redacted as text: there are other rules for them. */
const KEPT: ReadonlySet<string> = new Set(['name', 'message', 'stack', ...URL_PROPERTIES]);

/** The own fields of a copy. Without a config, it is not an AxiosError. */
const NOT_COPIED: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors', 'isAxiosError']);

type Inspected = Error & { readonly errors?: unknown };

/**
 * An error that is safe to log: `error` itself, with its message redacted, or a copy of its text and numbers if it, or an error
 * that it refers to, holds anything but plain data. Other HTTP clients, databases and caches keep the request there, with its
 * secrets, each under its own names. Node and undici hardly do.
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
  return [cause, ...several].every((part) => (isError(part) ? isPlain(part, seen) : isPlainPart(part)));
}

/** Whether a value that is not an error, as a cause or in a list of errors, may stay as it is. */
function isPlainPart(part: unknown): boolean {
  if (typeof part === 'string') return redactMessage(part) === part;
  return !isObject(part) || isHarmlessData('', part);
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

/** Of the same text and numbers. Only what is safe stays the same object. */
function copy(error: Inspected, copies: Map<Error, Error>): Error {
  const { message, cause, errors } = error;
  const name = nameOf(error);
  const made = Object.assign(new Error(message), factsOf(error), { name });
  copies.set(error, made);
  const stack = name === error.name ? error.stack : error.stack?.replace(/^Error\b/, () => name);
  const parts: PropertyDescriptorMap = { stack: { value: stack } };
  const safeCause = safePart(cause, copies);
  if (safeCause !== undefined) parts['cause'] = { value: safeCause };
  if (Array.isArray(errors)) {
    const several = errors.slice(0, MAX_ERRORS).map((one) => safePart(one, copies));
    parts['errors'] = { value: several.filter((one) => one !== undefined) };
  }
  for (const part of Object.values(parts)) Object.assign(part, { writable: true, configurable: true });
  return Object.defineProperties(made, parts);
}

/** A class that sets no name has the one that it inherits. */
function nameOf({ name, constructor }: Error): string {
  return name === 'Error' && typeof constructor === 'function' ? constructor.name : name;
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
  if (typeof part === 'string') return redactMessage(part);
  if (!isError(part)) return isPlainPart(part) ? part : undefined;
  if (isPlain(part, new Set())) return part;
  return copies.get(part) ?? (copies.size < MAX_ERRORS ? copy(part, copies) : undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Redacts the messages, URLs and other text of an error and its causes. The error stays the same object, because its class tells what happened. */
function redact(error: unknown, seen: Set<unknown>): void {
  if (!isError(error) || isRequestException(error) || seen.has(error)) return;
  seen.add(error);
  // A stack begins with the message. It is read only if need be, because Node formats it then.
  const { message } = error;
  if (replaceText(error, 'message', redactMessage)) {
    replaceText(error, 'stack', (stack) => redactStack(stack.replaceAll(message, () => error.message)));
  }
  for (const name of URL_PROPERTIES) replaceText(error, name, redactURL);
  // What is no URL is text, such as `responseBody`.
  for (const name of Object.keys(error)) if (!KEPT.has(name)) replaceText(error, name, redactMessage);
  redact(error.cause, seen);
  const { errors } = error as Inspected;
  if (Array.isArray(errors)) for (const one of errors) redact(one, seen);
}

/**
 * The first lines may be a message that has been changed since. File and line of a frame are not secrets, whatever the file's
 * name.
 */
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
