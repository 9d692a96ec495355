import { pipeline, Readable, Transform, type TransformCallback } from 'node:stream';
import type { Call } from '../call/call';
import { createException } from '../errors/create';
import { knownLength } from '../request/body';
import type { WireRequest } from '../transports/transport';
import { destroyQuietly } from '../util/destroy-quietly';

type Headers = WireRequest['headers'];
type Value = string | string[];
type Given = NonNullable<WireRequest['body']>;

/** Methods whose requests have neither Content-Length nor Transfer-Encoding if they have no body. */
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/**
 * Sets the header that tells the server where the body ends. A Content-Length of the caller must be that of the body: the
 * server would wait for the missing bytes, or read those above it as another request.
 *
 * @param headers are changed; they hold the caller's length as `Content-Length`
 * @returns the body to send: a stream with a known length fails if it is shorter or longer
 * @throws InvalidRequest if the caller's Content-Length contradicts the body
 * @see RFC 9112, sections 6.1, 6.2 and 11.2
 */
export function frame(method: string, headers: Headers, body: WireRequest['body'], call: Call): WireRequest['body'] {
  const { 'Content-Length': announced } = headers;
  delete headers['Content-Length'];
  // That of the body before a redirect.
  delete headers['Transfer-Encoding'];
  if (body === undefined) {
    // Gateways pass on the headers of requests that had a body.
    if (announced !== undefined && !BODILESS.has(method)) checkLength(announced, 0, call);
    return undefined;
  }
  const length = lengthToSend(body, announced, call);
  if (length === undefined) headers['Transfer-Encoding'] = 'chunked';
  else headers['Content-Length'] = String(length);
  return length !== undefined && body instanceof Readable ? ofLength(body, length) : body;
}

function lengthToSend(body: Given, announced: Value | undefined, call: Call): number | undefined {
  try {
    const known = knownLength(body);
    return announced === undefined ? known : checkLength(announced, known, call);
  } catch (error) {
    // A function may have opened it for this attempt.
    if (body instanceof Readable) destroyQuietly(body);
    throw error;
  }
}

/** The length that the caller announces, which must be `known`, if that is. */
function checkLength(announced: Value, known: number | undefined, call: Call): number {
  const lengths = new Set([announced].flat().flatMap((text) => text.split(',').map((item) => item.trim())));
  const [text = ''] = lengths;
  if (lengths.size === 1 && /^\d{1,15}$/.test(text) && (known === undefined || Number(text) === known)) {
    return Number(text);
  }
  const expected = known === undefined ? 'must be a number of bytes' : `must be ${known}, the length of the body`;
  const detail = `the header \`Content-Length\` ${expected}, got '${[...lengths].join(', ').slice(0, 50)}'; leave it out`;
  throw createException('INVALID_BODY', { call, detail });
}

function ofLength(stream: Readable, length: number): Readable {
  // The error reaches the reader of the last stream.
  return pipeline(stream, new LengthCheck(length), () => undefined);
}

/** Fails if it gets fewer or more bytes than `length`. The last bytes wait for the end, so that no wrong body is complete. */
class LengthCheck extends Transform {
  readonly #length: number;
  #size = 0;
  #last: Buffer | undefined;

  constructor(length: number) {
    super();
    this.#length = length;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#size += chunk.length;
    if (this.#size > this.#length) done(mismatch(`the body is longer than its Content-Length, ${this.#length} bytes`));
    else if (this.#size < this.#length || chunk.length === 0) done(null, chunk);
    else {
      this.#last = chunk;
      done();
    }
  }

  override _flush(done: TransformCallback): void {
    if (this.#size === this.#length) done(null, this.#last);
    else done(mismatch(`the body ended after ${this.#size} of the ${this.#length} bytes of its Content-Length`));
  }
}

/** With Node's code for the same failure. */
function mismatch(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' });
}
