import { isIPv6 } from 'node:net';

/** The host of a URL as sockets take it: an IPv6 address is in brackets only within a URL. */
export function addressOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** Of a URL that leaves it out, that of its scheme. */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** A name or an address as URLs have it. */
export function hostInURL(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

/** A host name without the dot that marks it as complete: both forms name the same host. @see RFC 1034, section 3.1 */
export function withoutDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}

/** An http URL with an empty host. URLs are read without tabs and line breaks. */
const HOSTLESS = /^[\p{Cc} ]*https?:(?:[\t\r\n]*[\\/]){3}/iu;

/**
 * Whether an http URL has a host. Without one, the URL standard takes a part of the path for it: `http:///users`, as from
 * `http://${host}/users` with an empty variable, would send the token to a host of the name `users`.
 *
 * @see RFC 9110, section 4.2.1
 */
export function hasHost(url: string): boolean {
  return !HOSTLESS.test(url);
}
