const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Host, then perhaps a port; the brackets around an IPv6 address tell its colons from that of the port. */
const PATTERN = /^(\[.*\]|[^:]*)(?::(\d+))?$/;

/**
 * Whether a URL is at one of `hosts`: `user-service` at any port, `user-service:8000` at that one, `*.internal` for
 * every name below `internal`.
 */
export function isTokenHost(url: Readonly<URL>, hosts: readonly string[]): boolean {
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port;
  return hosts.some((pattern) => {
    const [, name = '', wanted = port] = PATTERN.exec(pattern) ?? [];
    if (wanted !== port) return false;
    return name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : url.hostname === name;
  });
}

/** Whether `text` is written as a host is: no scheme, no path, and a star at the beginning only. */
export function isHostPattern(text: string): boolean {
  return /^(\[[\da-f:.]+\]|(\*\.)?[^\s/@*:[\]]+)(:\d+)?$/i.test(text);
}

/** Orders patterns, the most exact one first: hosts before wildcards, longer names before shorter ones, and each with a port first. */
export function byExactness(one: string, other: string): number {
  return rank(other) - rank(one);
}

function rank(pattern: string): number {
  const [, name = '', port] = PATTERN.exec(pattern) ?? [];
  return (name.startsWith('*.') ? 0 : 1e6) + name.length * 2 + (port === undefined ? 0 : 1);
}
