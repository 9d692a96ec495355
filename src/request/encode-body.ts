import { PassThrough, Readable } from 'node:stream';
import { createException } from '../errors/create';
import type { Call } from '../call/call';
import { toMultipart } from './multipart';
import { isError } from '../util/is-error';

/** What a caller may pass as `data`. */
export type RequestData =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | URLSearchParams
  | FormData
  | Blob
  | Readable
  | ReadableStream
  | (() => Readable)
  | LegacyFormData
  | Readonly<Record<string, unknown>>;

/** A form of the `form-data` package: a stream with its own headers. */
export interface LegacyFormData {
  getHeaders(): Record<string, string>;
  pipe(destination: NodeJS.WritableStream): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a transport can send. A function returns a new stream for every attempt. */
export type Body = string | Uint8Array | Blob | Readable | (() => Readable) | undefined;

export interface EncodedBody {
  readonly body: Body;
  /** Headers that describe the body; the caller's headers take precedence. */
  readonly headers: Readonly<Record<string, string>>;
}

export const NO_BODY: EncodedBody = { body: undefined, headers: {} };
const JSON_HEADERS = { 'Content-Type': 'application/json' };
const FORM_HEADERS = { 'Content-Type': 'application/x-www-form-urlencoded' };
const BINARY_HEADERS = { 'Content-Type': 'application/octet-stream' };

/**
 * Converts `data` or `json` into a body, once for all attempts.
 *
 * @throws InvalidRequest if it has an unsupported type or cannot be serialised
 */
export function encodeBody(data: unknown, json: unknown, call: Call): EncodedBody {
  if (json !== undefined) return { body: stringify(json, call), headers: JSON_HEADERS };
  if (data === undefined || data === null) return NO_BODY;
  if (typeof data === 'string') return { body: data, headers: { 'Content-Type': 'text/plain;charset=utf-8' } };
  if (typeof data === 'function') return { body: data as () => Readable, headers: BINARY_HEADERS };
  if (typeof data === 'object') return encodeObject(data, call);
  const detail = `\`data\` must be a string, form, binary data, stream or function, got ${typeof data}`;
  throw createException('INVALID_BODY', { call, detail });
}

function encodeObject(data: object, call: Call): EncodedBody {
  if (ArrayBuffer.isView(data)) {
    // A view of part of a buffer sends only that part.
    return { body: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headers: BINARY_HEADERS };
  }
  if (data instanceof ArrayBuffer) return { body: new Uint8Array(data), headers: BINARY_HEADERS };
  if (data instanceof URLSearchParams) return { body: data.toString(), headers: FORM_HEADERS };
  if (data instanceof FormData) return encodeBlob(toMultipart(data));
  if (data instanceof Blob) return encodeBlob(data);
  if (isLegacyForm(data)) return { body: destroyWithCall(toReadable(data), call), headers: data.getHeaders() };
  if (data instanceof Readable) return { body: destroyWithCall(data, call), headers: BINARY_HEADERS };
  if (data instanceof ReadableStream)
    return { body: destroyWithCall(readWeb(data, call), call), headers: BINARY_HEADERS };
  if (isRecord(data)) return { body: encodeForm(data, call), headers: FORM_HEADERS };
  const detail = `\`data\` must be a string, form, binary data, stream or function, got ${nameOf(data)}`;
  throw createException('INVALID_BODY', { call, detail });
}

/** A stream may fail before it is sent, or never be sent. */
function destroyWithCall(stream: Readable, call: Call): Readable {
  stream.on('error', () => undefined);
  call.onSettled(() => {
    stream.destroy();
  });
  return stream;
}

/** Whether an object has form fields: a list, a Map or a Promise has none and would be sent empty. */
function isRecord(data: object): boolean {
  if (data instanceof Date || isError(data) || 'then' in data) return false;
  return !(Symbol.iterator in data) && !(Symbol.asyncIterator in data);
}

function nameOf(data: object): string {
  const { constructor } = data as { readonly constructor?: { readonly name?: string } };
  if (constructor?.name) return constructor.name;
  return Object.prototype.toString.call(data).slice('[object '.length, -1);
}

function encodeBlob(blob: Blob): EncodedBody {
  return { body: blob, headers: blob.type === '' ? BINARY_HEADERS : { 'Content-Type': blob.type } };
}

/** Encodes form fields as `requests` does: a list repeats its field, `null` and `undefined` are left out. */
function encodeForm(fields: object, call: Call): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item === null || item === undefined) continue;
      form.append(name, item instanceof Date ? item.toISOString() : fieldText(name, item, call));
    }
  }
  return form.toString();
}

function fieldText(name: string, value: unknown, call: Call): string {
  if (['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
  const detail = `form field \`${name}\` must be a string, number, boolean or a list of them, got ${typeof value}; for nested data use \`json\``;
  throw createException('INVALID_BODY', { call, detail });
}

function stringify(json: unknown, call: Call): string {
  const text = tryStringify(json, call);
  if (typeof text === 'string') return text;
  throw createException('INVALID_BODY', { call, detail: `\`json\` must be a JSON value, got ${typeof json}` });
}

// JSON.stringify returns undefined for functions and symbols.
function tryStringify(json: unknown, call: Call): unknown {
  try {
    return JSON.stringify(json);
  } catch (cause) {
    const why = isError(cause) ? (cause.message.split('\n', 1)[0] ?? '') : String(cause);
    throw createException('INVALID_BODY', { call, cause, detail: `\`json\` cannot be serialised: ${why}` });
  }
}

function isLegacyForm(data: object): data is LegacyFormData {
  return 'getHeaders' in data && typeof data.getHeaders === 'function' && 'pipe' in data;
}

function readWeb(stream: ReadableStream, call: Call): Readable {
  if (stream.locked) throw createException('INVALID_BODY', { call, detail: 'the body stream is locked' });
  return Readable.fromWeb(stream as never);
}

/** The form is an old-style stream, which does not flow until it is piped. */
function toReadable(form: LegacyFormData): Readable {
  const stream = new PassThrough();
  form.on('error', (error) => stream.destroy(error));
  form.pipe(stream);
  return stream;
}
