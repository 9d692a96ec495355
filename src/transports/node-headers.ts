import type { IncomingMessage } from 'node:http';
import { WireHeaders } from '../response/wire-headers';

/** The names of the headers of a response. */
interface Names {
  readonly written: readonly string[];
  /** `undefined` if one of them is repeated, or is joined in a special way. */
  readonly lower: readonly string[] | undefined;
}

/** Names that are remembered, by their total length: a server sends the same ones each time, and few servers are alike in it. */
const recent = Array.from<Names | undefined>({ length: 64 });

/**
 * The headers of a response, with the names and values of `message.headers`. Read once, into the object that the caller gets:
 * Node would make an object of its own first. A header that is repeated is left to Node, which knows how to join it.
 *
 * @see https://nodejs.org/api/http.html#messageheaders
 */
export function headersOf(message: IncomingMessage): WireHeaders {
  const { rawHeaders } = message;
  const names = namesOf(rawHeaders);
  const headers = new WireHeaders();
  if (!names) return Object.assign(headers, message.headers);
  for (const [index, name] of names.entries()) headers[name] = rawHeaders[2 * index + 1] ?? '';
  // Node's agent reads them when the response has ended, and would have them made again.
  message.headers = headers;
  return headers;
}

/** The names in lower case; `undefined` if Node must join the headers. */
function namesOf(rawHeaders: readonly string[]): readonly string[] | undefined {
  const slot = lengthOf(rawHeaders) % recent.length;
  const known = recent[slot];
  if (known && isSame(known.written, rawHeaders)) return known.lower;
  const written = rawHeaders.filter((_, index) => index % 2 === 0);
  const lower = written.map((name) => name.toLowerCase());
  const isJoined = lower.includes('set-cookie') || new Set(lower).size < lower.length;
  const names = { written, lower: isJoined ? undefined : lower };
  recent[slot] = names;
  return names.lower;
}

function lengthOf(rawHeaders: readonly string[]): number {
  let length = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) length += rawHeaders[index]?.length ?? 0;
  return length;
}

function isSame(written: readonly string[], rawHeaders: readonly string[]): boolean {
  if (2 * written.length !== rawHeaders.length) return false;
  for (let index = 0; index < written.length; index++) if (written[index] !== rawHeaders[2 * index]) return false;
  return true;
}
