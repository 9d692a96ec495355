import type { InternalAxiosRequestConfig } from 'axios';
import { isPlainObject } from '../checks/kind-of';
import { decodeText } from '../response/decode-text';
import { findHeader } from '../response/find-header';
import { beginningWithout, secretsIn, secretsInURL } from '../util/echoes';
import { isSecretName } from '../util/redact';
import { REDACTED, safeQuote } from '../util/safe-quote';
import type { Problem } from './problem';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Whether the exception for an error response quotes the beginning of its body. */
    logErrorBody?: boolean;
  }
}

/** Characters. */
const MAX_TITLE = 200;
const MAX_TEXT = 500;

/** Characters of JSON, at least, whose names are looked at: more than are searched for what the request sent. */
const MAX_LENGTH = 50_000;

/** Values of an object, and of a list in it, that may name a field. */
const MAX_WORDS = 300;

/** Characters of the name of a field. */
const MAX_NAME = 1000;

/** What an object calls the value of the field that it names. */
const VALUE_NAME = /^(?:input|received|[a-z_]*value)$/i;

/** Media types whose bytes are text. */
const TEXT_TYPE = /^\s*(?:text\/|application\/(?:[^;]*[+/])?(?:json|xml|x-www-form-urlencoded)\s*(?:;|$))/i;

/** What bytes that are not text become when they are decoded. */
const BINARY = /[\0\uFFFD]/;

/** The words of a problem document that are safe to log. */
interface ProblemQuote {
  readonly title?: string;
  readonly detail?: string;
}

/** What a log quotes from an error response. */
interface Quotes {
  readonly problem?: ProblemQuote;
  /** The beginning of a body that is text or JSON, but not a problem document. */
  readonly body?: string;
}

/** The exception whose response is quoted. */
interface Source {
  readonly problem?: Problem | undefined;
  readonly response?: { readonly data: unknown; readonly headers: object } | undefined;
  readonly config?: InternalAxiosRequestConfig | undefined;
}

/** What a log may quote from the response of `error`: words of a problem document, or the body if an option allows that. */
export function quotesOf({ problem: document, response, config }: Source): Quotes {
  if (!response) return {};
  const sent = secretsOf(config);
  const problem = quoteProblem(document, sent);
  if (document || config?.logErrorBody !== true) return problem ? { problem } : {};
  const { data, headers } = response;
  const body = quoteBody(data, findHeader(headers, 'content-type'), sent);
  return body === undefined ? {} : { body };
}

/** The secrets that a request sent. */
function secretsOf(config: Source['config']): readonly string[] {
  return [...secretsIn(config?.headers ?? {}), config?.auth?.password ?? '', ...secretsInURL(config?.call?.url ?? '')];
}

/**
 * Quotes the title and the detail of a problem document; `undefined` if it has neither.
 *
 * @param sent the secrets of the request
 */
export function quoteProblem(problem: Problem | undefined, sent: readonly string[] = []): ProblemQuote | undefined {
  const title = safeQuote(beginningWithout(sent, problem?.title ?? ''), MAX_TITLE);
  const detail = safeQuote(beginningWithout(sent, problem?.detail ?? ''), MAX_TEXT);
  if (title === '' && detail === '') return undefined;
  return { ...(title !== '' && { title }), ...(detail !== '' && { detail }) };
}

/**
 * Quotes the beginning of a body; `undefined` if it is not text, or is empty.
 *
 * @param sent the secrets of the request
 */
export function quoteBody(data: unknown, contentType: unknown, sent: readonly string[] = []): string | undefined {
  const text = textOf(data, typeof contentType === 'string' ? contentType : '');
  const quote = text && safeQuote(beginningWithout(sent, text), MAX_TEXT);
  return quote === '' ? undefined : quote;
}

/** The quotes as lines of a log. */
export function printQuotes({ problem, body }: Quotes): string[] {
  const lines: string[] = [];
  if (problem)
    lines.push(`problem: ${[problem.title, problem.detail].filter((text) => text !== undefined).join(': ')}`);
  if (body !== undefined) lines.push(`body: ${body}`);
  return lines;
}

function textOf(data: unknown, contentType: string): string | undefined {
  if (contentType.trim() !== '' && !TEXT_TYPE.test(contentType)) return undefined;
  if (typeof data === 'string') return BINARY.test(data) ? undefined : withoutSecretFields(data);
  const isBytes = data instanceof Uint8Array || data instanceof ArrayBuffer;
  if (isBytes)
    return TEXT_TYPE.test(contentType) ? withoutSecretFields(decodeText(data, undefined, contentType)) : undefined;
  return isJSON(data) ? stringify(data) : undefined;
}

/** JSON that was not parsed, because its media type is another or because the caller asked for text. */
function withoutSecretFields(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Only the beginning has all members: looking at each name of a long body takes seconds. */
function stringify(value: unknown): string | undefined {
  let length = 0;
  try {
    return JSON.stringify(value, (name, member: unknown) => {
      if (length > MAX_LENGTH) return undefined;
      const shown = name.length > MAX_NAME || isSecretName(name) ? REDACTED : withoutNamedValue(member);
      length += typeof shown === 'string' ? shown.length : 1;
      return shown;
    });
  } catch {
    // Too deep, or changed by an interceptor into something that is not JSON.
    return undefined;
  }
}

/** Of a validation error, or of a header in a list, such as `{ field: 'password', value: 'hunter2' }`: all but the value. */
function withoutNamedValue(member: unknown): unknown {
  if (!isPlainObject(member) || !wordsOf(member).some(isSecretWord)) return member;
  const fields = Object.entries(member).map(([name, value]) => [name, VALUE_NAME.test(name) ? REDACTED : value]);
  return Object.fromEntries(fields) as unknown;
}

/** What names a field, also as the path to it. */
function wordsOf(data: object): unknown[] {
  const values: unknown[] = Object.values(data).slice(0, MAX_WORDS);
  return values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]).slice(0, MAX_WORDS) : value));
}

/** A name, and not a sentence about it, nor a file. */
function isSecretWord(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_NAME && /^\S+$/.test(value) && isSecretName(value);
}

/** Whether `value` may be parsed JSON: a stream, a Blob or a form is an object too. */
function isJSON(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number' || typeof value === 'boolean';
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
