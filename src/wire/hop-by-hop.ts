import type { Call } from '../call/call';
import { createException } from '../errors/create';

/** Headers of the connection rather than of the request: the transport decides about them. @see RFC 9110, section 7.6.1 */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The value with which a header of `HOP_BY_HOP` is sent; `undefined` if it is not sent. The rules are the same over all
 * transports: undici rejects most of these headers, and Node would wait for what they announce.
 *
 * @param name in lower case
 * @throws InvalidRequest if the request cannot be sent as the header demands
 */
export function hopByHopValue(name: string, given: string | readonly string[], call: Call): string | undefined {
  const value = String(given).trim().toLowerCase();
  switch (name) {
    case 'connection':
      return /(^|,)\s*close\s*(,|$)/.test(value) ? 'close' : undefined;
    case 'expect':
      // The body follows the head at once, which RFC 9110 permits in section 10.1.1; so there is nothing to wait for.
      if (value === '100-continue') return undefined;
      throw invalid(call, 'Expect', 'must be 100-continue');
    case 'host':
      // Node sends that of the URL in place of an empty one, undici the empty one.
      if (typeof given === 'string') return value === '' ? undefined : given;
      throw invalid(call, 'Host', 'must be a single value');
    case 'te':
      // The only value that HTTP/2 permits.
      return value === 'trailers' ? value : undefined;
    case 'transfer-encoding':
      // The type of the body decides how it is framed.
      if (value === 'chunked') return undefined;
      throw invalid(call, 'Transfer-Encoding', 'must be chunked');
    case 'upgrade':
      throw invalid(call, 'Upgrade', 'is not supported: a response cannot change the protocol');
    default:
      return undefined;
  }
}

function invalid(call: Call, name: string, complaint: string): Error {
  return createException('INVALID_HEADER', { call, detail: `header \`${name}\` ${complaint}` });
}
