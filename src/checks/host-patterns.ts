import { inspect } from 'node:util';
import { withoutDot } from '../util/hostname';
import { redactURL } from '../util/redact';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Host and optional port; the brackets around an IPv6 address separate its colons from the port's. */
const PATTERN = /^(\[.*\]|[^:]*)(?::(\d+))?$/;

/** A valid pattern: no scheme, no path, a star only at the beginning, and a port in digits. */
const HOST_PATTERN = /^(\[[\da-f:.]+\]|(\*\.)?[^\s/@*:[\]]+)(:\d+)?$/i;
const EXAMPLES = "'user-service', 'user-service:8000' or '*.internal'";

/**
 * Whether a URL matches one of `hosts`: `user-service` on any port, `user-service:8000` on that port only, `*.internal`
 * for every name below `internal`.
 */
export function matchesHost(url: Readonly<URL>, hosts: readonly string[]): boolean {
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port;
  const hostname = withoutDot(url.hostname);
  return hosts.some((pattern) => {
    const [, name = '', wanted = port] = PATTERN.exec(pattern) ?? [];
    if (wanted !== port) return false;
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  });
}

/** Sorts patterns, the most specific first: hosts, then wildcards; longer names first; the same name with a port first. */
export function bySpecificity(one: string, other: string): number {
  return rank(other) - rank(one);
}

function rank(pattern: string): number {
  const [, name = '', port] = PATTERN.exec(pattern) ?? [];
  return (name.startsWith('*.') ? 0 : 1e6) + name.length * 2 + (port === undefined ? 0 : 1);
}

/**
 * The host patterns of an option, in lower case.
 *
 * @throws TypeError if `hosts` is not a list of patterns
 */
export function hostPatterns(option: string, hosts: unknown): readonly string[] | undefined {
  if (hosts === undefined) return undefined;
  if (!Array.isArray(hosts)) throw new TypeError(`Option \`${option}\` must be a list of hosts like ${EXAMPLES}`);
  return hosts.map((host: unknown) => hostPattern(option, host));
}

/**
 * A pattern in lower case, without the dot that marks a name as complete.
 *
 * @throws TypeError if `host` is not a pattern
 */
export function hostPattern(option: string, host: unknown): string {
  if (typeof host === 'string' && HOST_PATTERN.test(host)) return host.toLowerCase().replace(/\.(?=:|$)/, '');
  const got = typeof host === 'string' ? `'${redactURL(host)}'` : inspect(host, { depth: 0 });
  throw new TypeError(`A host in \`${option}\` must look like ${EXAMPLES}, got ${got}`);
}
