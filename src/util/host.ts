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
