/**
 * Whether a URL is at one of `hosts`: `user-service` at any port, `user-service:8000` at that one, `*.internal` for
 * every name below `internal`.
 */
export function isTokenHost(url: URL, hosts: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return hosts.some((pattern) => {
    const [, name = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(pattern) ?? [];
    if (wanted !== undefined && wanted !== port) return false;
    return name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : url.hostname === name;
  });
}
