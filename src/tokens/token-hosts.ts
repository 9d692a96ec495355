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
