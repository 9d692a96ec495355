import { Readable } from 'node:stream';
import { types } from 'node:util';
import { createException } from '../errors/create';
import type { Call } from '../call/call';
import { isOptions, isPlainObject, kindOf, kindOfSecret } from '../checks/kind-of';
import { destroyQuietly } from '../util/destroy-quietly';
import { isError } from '../util/is-error';
import { isPromise } from '../util/promises';
import { NO_BODY, type EncodedBody } from './body';
import { boundaryOf, isJSON, mediaTypeOf } from './content-type';
import { isForeignStream, isUsedUp, toReadable, type ForeignStream } from './foreign-stream';
import { encodeFields, multipartFields } from './form-fields';
import { encodeLegacyForm, isLegacyForm, type LegacyFormData } from './legacy-form';
import { encodeBlobLike, encodeMultipart, isBlobLike, isFormData, type BlobLike, type FormDataLike } from './multipart';

export type { LegacyFormData } from './legacy-form';

/** What a function may return as `data`, anew for every attempt. */
type MadeBody =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | FormDataLike
  | BlobLike
  | Readable
  | ReadableStream
  | ForeignStream
  | LegacyFormData;

/** What a caller may pass as `data`. */
export type RequestData =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | URLSearchParams
  | FormDataLike
  | BlobLike
  | Readable
  | ReadableStream
  | ForeignStream
  | (() => MadeBody)
  | LegacyFormData
  | Readonly<Record<string, unknown>>;

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const FORM_HEADERS = { 'Content-Type': 'application/x-www-form-urlencoded' };
/** What a body is called of which nothing is known. */
export const BINARY = 'application/octet-stream';
const BINARY_HEADERS = { 'Content-Type': BINARY };
const MULTIPART = 'multipart/form-data';

/**
 * Converts `data` or `json` into a body, once for all attempts.
 *
 * @param contentType that the caller has set; it decides how an object is encoded
 * @throws InvalidRequest if it has an unsupported type or cannot be serialised
 */
export function encodeBody(data: unknown, json: unknown, call: Call, contentType?: string): EncodedBody {
  if (json !== undefined) return { body: stringify(json, call), headers: JSON_HEADERS };
  if (data === undefined || data === null) return NO_BODY;
  if (typeof data === 'string') return { body: data, headers: { 'Content-Type': 'text/plain;charset=utf-8' } };
  if (typeof data === 'function') return { body: data as () => Readable, headers: BINARY_HEADERS };
  if (typeof data === 'object') return encodeObject(data, call, contentType);
  const detail = `\`data\` must be a string, form, binary data, stream or function, got ${kindOfSecret(data)}`;
  throw createException('INVALID_BODY', { call, detail });
}

function encodeObject(data: object, call: Call, contentType: string | undefined): EncodedBody {
  const encoded = encodeKnown(data, call, contentType);
  if (encoded) return encoded;
  const isForJSON = isJSON(mediaTypeOf(contentType));
  if (isRecord(data) && (hasFields(data) || (isForJSON && 'toJSON' in data)))
    return encodeRecord(data, call, contentType);
  if (Array.isArray(data) && isForJSON) return { body: stringify(data, call), headers: {} };
  const detail = `\`data\` must be a string, form, binary data, stream or function, got ${kindOf(data)}`;
  throw createException('INVALID_BODY', { call, detail });
}

/**
 * Converts bytes, a form or a stream into a body; `undefined` for any other object.
 *
 * @throws InvalidRequest if the form contradicts the Content-Type, or the stream is used up
 */
export function encodeKnown(data: object, call: Call, contentType?: string): EncodedBody | undefined {
  if (ArrayBuffer.isView(data) || types.isAnyArrayBuffer(data))
    return { body: toBytes(data, call), headers: BINARY_HEADERS };
  if (data instanceof URLSearchParams) return { body: data.toString(), headers: FORM_HEADERS };
  if (data instanceof Blob) return { body: data, headers: { 'Content-Type': data.type || BINARY } };
  if (isLegacyForm(data) || isFormData(data)) return encodeForm(data, call, contentType);
  if (isBlobLike(data)) return encodeBlobLike(data);
  const stream = toStream(data, call);
  return stream && { body: destroyWithCall(stream, call, data), headers: BINARY_HEADERS };
}

function toBytes(data: ArrayBufferView | ArrayBufferLike, call: Call): Uint8Array {
  try {
    // A view of part of a buffer sends only that part.
    return ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
  } catch (cause) {
    throw createException('INVALID_BODY', { call, cause, detail: 'the buffer of `data` has been transferred' });
  }
}

function encodeForm(form: LegacyFormData | FormDataLike, call: Call, contentType: string | undefined): EncodedBody {
  const type = mediaTypeOf(contentType);
  if (type !== undefined && type !== MULTIPART) throw mislabelled('FormData', type, MULTIPART, call);
  const boundary = boundaryOf(contentType);
  if (!isLegacyForm(form)) return encodeMultipart(form, boundary);
  if (isUsedUp(form)) throw usedUp('form', call);
  const { body, headers } = encodeLegacyForm(form);
  const own = boundaryOf(Object.values(headers).join('; '));
  if (boundary !== undefined && boundary !== own)
    throw mislabelled('the form', `boundary=${boundary}`, `boundary=${String(own)}`, call);
  return { body: body instanceof Readable ? destroyWithCall(body, call, form) : body, headers };
}

/** An object is what its Content-Type says: JSON, a multipart form, otherwise a form. */
function encodeRecord(fields: object, call: Call, contentType: string | undefined): EncodedBody {
  const type = mediaTypeOf(contentType);
  if (isJSON(type)) return { body: stringify(fields, call), headers: {} };
  if (type === MULTIPART) return encodeMultipart(multipartFields(fields, call), boundaryOf(contentType));
  if (type?.startsWith('multipart/')) throw mislabelled('an object', type, MULTIPART, call);
  return { body: encodeFields(fields, call), headers: FORM_HEADERS };
}

function mislabelled(what: string, type: string, expected: string, call: Call): Error {
  const detail = `the Content-Type of ${what} must be ${expected}, got ${type}; leave the header out, or set that`;
  return createException('INVALID_BODY', { call, detail });
}

/** A stream of Node, of the web or of another package, as one of Node; `undefined` if it is not a stream. */
function toStream(data: object, call: Call): Readable | undefined {
  if (data instanceof Readable) return data;
  if (data instanceof ReadableStream) return readWeb(data, call);
  if (!isForeignStream(data)) return undefined;
  if (isUsedUp(data)) throw usedUp('body stream', call);
  return toReadable(data);
}

function usedUp(what: string, call: Call): Error {
  return createException('INVALID_BODY', { call, detail: `the ${what} has already been read or destroyed` });
}

/** A stream may fail before it is sent, or never be sent. */
function destroyWithCall(stream: Readable, call: Call, source: object): Readable {
  stream.on('error', () => undefined);
  // Without an error, a web stream that is cut off would seem to have ended.
  const end = (): void => {
    destroyQuietly(stream, stream === source ? undefined : new Error('the call has ended'));
  };
  call.onSettled(() => {
    const { stream: response } = call;
    // The head of a response may come while the body is being sent.
    if (response && !response.destroyed) response.once('close', end);
    else end();
  });
  return stream;
}

/** Whether an object may have form fields: a list, a Map or a Promise has none and would be sent empty. */
function isRecord(data: object): boolean {
  if (types.isDate(data) || isError(data) || 'then' in data) return false;
  return !(Symbol.iterator in data) && !(Symbol.asyncIterator in data);
}

/** Not of a RegExp or a Response, nor of others that keep to themselves what they are. */
function hasFields(data: object): boolean {
  return Object.keys(data).length > 0 || isPlainObject(data);
}

function stringify(json: unknown, call: Call): string {
  const text = isPromise(json) ? undefined : tryStringify(json, call);
  if (typeof text === 'string' && !(text === '{}' && isLost(json))) return text;
  const got = isPromise(json) ? 'a Promise: `await` is missing' : kindOf(json);
  throw createException('INVALID_BODY', { call, detail: `\`json\` must be a JSON value, got ${got}` });
}

/** JSON makes `{}` of a Map, a form or a Blob, whatever it holds. */
function isLost(json: unknown): boolean {
  return !isOptions(json) && typeof (json as { readonly toJSON?: unknown }).toJSON !== 'function';
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

function readWeb(stream: ReadableStream, call: Call): Readable {
  if (stream.locked) throw createException('INVALID_BODY', { call, detail: 'the body stream is locked' });
  if (isUsedUp(stream)) throw usedUp('body stream', call);
  return Readable.fromWeb(stream as never);
}
