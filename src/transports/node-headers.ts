import type { IncomingMessage } from 'node:http';
import { WireHeaders } from '../response/wire-headers';

/** The names of the headers of a response, none of which is repeated. */
interface Names {
  readonly written: readonly string[];
  readonly lower: readonly string[];
}

/** Names that are remembered, by their number: a server sends the same ones each time, and few servers the same number. */
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
  for (const [index, name] of names.lower.entries()) headers[name] = rawHeaders[2 * index + 1] ?? '';
  // Node's agent reads them when the response has ended, and would have them made again.
  message.headers = headers;
  return headers;
}

function namesOf(rawHeaders: readonly string[]): Names | undefined {
  const slot = (rawHeaders.length / 2) % recent.length;
  const known = recent[slot];
  if (known && isSame(known.written, rawHeaders)) return known;
  const written = rawHeaders.filter((_, index) => index % 2 === 0);
  const lower = written.map((name) => name.toLowerCase());
  if (lower.includes('set-cookie') || new Set(lower).size < lower.length) return undefined;
  return (recent[slot] = { written, lower });
}

function isSame(written: readonly string[], rawHeaders: readonly string[]): boolean {
  if (2 * written.length !== rawHeaders.length) return false;
  for (let index = 0; index < written.length; index++) if (written[index] !== rawHeaders[2 * index]) return false;
  return true;
}
