import type { IncomingMessage } from 'node:http';
import { WireHeaders } from '../response/wire-headers';
import { findName } from '../util/header-names';

/** Spellings of names that are remembered: servers send the same few. */
const MOST_NAMES = 1000;
const lowerNames = new Map<string, string>();

function lowerName(name: string): string {
  if (lowerNames.size >= MOST_NAMES) lowerNames.clear();
  const lower = name.toLowerCase();
  lowerNames.set(name, lower);
  return lower;
}

/**
 * The headers of a response, with the names and values of `message.headers`. Read once, into the object that the caller gets:
 * Node would make an object of its own first. A header that is repeated is left to Node, which knows how to join it.
 *
 * @see https://nodejs.org/api/http.html#messageheaders
 */
export function headersOf(message: IncomingMessage): WireHeaders {
  const { rawHeaders } = message;
  const headers = new WireHeaders();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const written = rawHeaders[index] ?? '';
    const name = lowerNames.get(written) ?? lowerName(written);
    if (name === 'set-cookie' || isPresent(headers, name)) return Object.assign(new WireHeaders(), message.headers);
    headers[name] = rawHeaders[index + 1] ?? '';
  }
  // Node's agent reads them when the response has ended, and would have them made again.
  message.headers = headers;
  return headers;
}

/** A header with the name of a method of AxiosHeaders is stored under another name. */
function isPresent(headers: WireHeaders, name: string): boolean {
  return name in headers && (Object.hasOwn(headers, name) || findName(headers, name) !== undefined);
}
