import type { WireRequest } from './transport';

/**
 * The server name for TLS if the host has a dot at its end, which a server name does not have. As in Node and undici, a
 * `Host` header comes before the URL.
 *
 * @see RFC 6066, section 3
 */
export function undottedName({ url, headers }: Pick<WireRequest, 'url' | 'headers'>): { readonly servername?: string } {
  const host = headers['Host'] ?? headers['host'] ?? url.host;
  const name = typeof host === 'string' ? /^([^:]+)\.(?::\d*)?$/.exec(host)?.[1] : undefined;
  return name === undefined ? {} : { servername: name };
}
