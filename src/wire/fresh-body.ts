import { Readable } from 'node:stream';
import { kindOfSecret } from '../checks/kind-of';
import type { Call } from '../call/call';
import { createException } from '../errors/create';
import { toByteStream } from './byte-stream';
import { BINARY, encodeKnown } from '../request/encode-body';
import type { WireRequest } from '../transports/transport';
import { findName } from '../util/header-names';
import { ignoreRejection } from '../util/promises';

/**
 * The body for one attempt; a function is called for a new one.
 *
 * @param headers get the Content-Type of a form that the function made, if the call could not know it, as with a boundary
 * @throws InvalidRequest if the body has an unsupported type, the function throws, or the stream was already used
 */
export function freshBody(data: unknown, call: Call, headers: WireRequest['headers'] = {}): WireRequest['body'] {
  if (data === undefined || data === null) return undefined;
  const body = typeof data === 'function' ? makeBody(data as () => unknown, call, headers) : data;
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Blob) return body;
  if (body instanceof Readable && !body.destroyed && !body.readableDidRead) return toByteStream(body);
  // An async transform or body function that fails must not end the process as well.
  ignoreRejection(body);
  const cause = body instanceof Readable ? (body.errored ?? undefined) : undefined;
  throw createException('INVALID_BODY', { call, cause, detail: describeInvalidBody(body) });
}

function makeBody(make: () => unknown, call: Call, headers: WireRequest['headers']): unknown {
  const made = run(make, call);
  if (typeof made !== 'object' || made === null || made instanceof Readable) return made;
  const encoded = encodeKnown(made, call);
  const type = encoded?.headers['Content-Type'] ?? encoded?.headers['content-type'];
  const name = findName(headers, 'content-type') ?? 'Content-Type';
  const isForm = made instanceof URLSearchParams && headers[name] === BINARY;
  if (type !== undefined && (isForm || type.startsWith('multipart/'))) headers[name] = type;
  return typeof encoded?.body === 'function' ? encoded.body() : (encoded?.body ?? made);
}

function run(make: () => unknown, call: Call): unknown {
  const detail = 'the `data` function threw instead of returning a stream';
  try {
    return make();
  } catch (cause) {
    throw createException('INVALID_BODY', { call, cause, detail });
  }
}

function describeInvalidBody(body: unknown): string {
  if (body instanceof Readable) {
    return body.errored
      ? `the body stream failed: ${body.errored.message}`
      : 'the body stream has already been read or destroyed';
  }
  const got = body instanceof Promise ? 'a Promise' : kindOfSecret(body);
  return `the body must be a string, binary data, Blob or Readable, got ${got}`;
}
